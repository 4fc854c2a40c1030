package io.orochi.gateway.cli.sql;

/**
 * One statement of a script.
 *
 * @param text without the closing semicolon and surrounding blanks
 * @param line where its first word stands, counted from 1
 */
public record Statement(String text, int line) {}
