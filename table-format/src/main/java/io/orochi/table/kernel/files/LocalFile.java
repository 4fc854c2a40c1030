package io.orochi.table.kernel.files;

/**
 * A file as the kernel can open it.
 *
 * @param path absolute, free of characters that the kernel takes for a pattern
 * @param verified whether its bytes were compared with the digest of its commit; false if the
 *     commit recorded none
 */
public record LocalFile(String path, long length, long modifiedMillis, boolean verified) {}
