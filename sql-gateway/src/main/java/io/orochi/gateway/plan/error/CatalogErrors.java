package io.orochi.gateway.plan.error;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Optional;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;

/** What a catalog found, or did not find, when a definition was to be changed. */
final class CatalogErrors {
  private CatalogErrors() {}

  /** Empty if the throwable itself is none of a catalog's own. */
  static Optional<OrochiException> of(Throwable thrown, KnownNames names) {
    String text = Texts.firstSentence(thrown.getMessage());
    if (thrown instanceof TableAlreadyExistException
        || thrown instanceof DatabaseAlreadyExistException) {
      return Optional.of(
          OrochiException.of(OrochiErrorCode.RELATION_ALREADY_EXISTS, "Cannot create: " + text)
              .withHint("Choose another name, or write CREATE … IF NOT EXISTS."));
    }
    if (thrown instanceof TableNotExistException || thrown instanceof DatabaseNotExistException) {
      return MissingRelations.of(text, names)
          .or(
              () ->
                  Optional.of(
                      OrochiException.of(OrochiErrorCode.RELATION_NOT_FOUND, "Cannot find: " + text)
                          .withHint("SHOW TABLES and SHOW DATABASES list what is there.")));
    }
    return Optional.empty();
  }
}
