package io.orochi.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.gateway.plan.function.SharedPattern;
import io.orochi.gateway.plan.sql.SqlText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random patterns that are said to be shared find the same in Java and in the kernel. */
class SharedPatternITCase {
  private static final long SEED = 11;
  private static final int PATTERNS = 400;
  private static final int TEXTS = 200;
  private static final int MOST_GROUPS = 3;

  private static final List<String> ATOMS =
      List.of(
          "a", "b", "ab", "-", "_", " ", ".", "\\.", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S",
          "[ab]", "[^a]", "[a-c_]", "[\\d.-]", "[^\\s]", "\\b", "^", "$", "\\t", "\\n", "[-a]",
          "[a\\]]", "1", "é", "\\p{L}", "(?i)a", "\\1", "(?=a)", "[a&&b]", "\\B", "@");

  private static final List<String> QUANTIFIERS =
      List.of(
          "", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{2,}?", "++", "{0}");

  private static final String LETTERS = "aaabbbc1 2-_.\t\n\r\u000b@]";

  @TempDir Path folder;

  private static String pattern(Random random, int depth) {
    StringBuilder pattern = new StringBuilder();
    for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
      if (depth > 0 && random.nextInt(3) == 0) {
        pattern.append(random.nextBoolean() ? "(" : "(?:");
        pattern.append(pattern(random, depth - 1));
        if (random.nextBoolean()) {
          pattern.append('|').append(pattern(random, depth - 1));
        }
        pattern.append(')');
      } else {
        pattern.append(any(random, ATOMS));
      }
      pattern.append(any(random, QUANTIFIERS));
    }
    return pattern.toString();
  }

  private static String any(Random random, List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static List<String> texts(Random random) {
    List<String> texts = new ArrayList<>(List.of(""));
    while (texts.size() < TEXTS) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  @Test
  void findTheSameInEveryText() {
    Random random = new Random(SEED);
    List<String> texts = texts(random);
    int shared = 0;
    try (TestingTexts kernel = new TestingTexts(folder, texts)) {
      while (shared < PATTERNS) {
        String text = pattern(random, 2);
        if (SharedPattern.of(text).isPresent()) {
          shared++;
          compare(kernel, texts, text);
        }
      }
    }
  }

  private static void compare(TestingTexts kernel, List<String> texts, String text) {
    Pattern pattern = Pattern.compile(text);
    SharedPattern shared = SharedPattern.of(text).orElseThrow();
    String quoted = SqlText.string(shared.inKernel());
    String told = text + " as " + shared.inKernel();
    List<String> asked = shared.asksForTheEnd() ? withoutBreaks(texts) : texts;
    String s = shared.asksForTheEnd() ? "rtrim(s, chr(10) || chr(13))" : "s";
    assertSame(
        told,
        kernel.column("regexp_matches(" + s + ", " + quoted + ")"),
        asked,
        each -> pattern.matcher(each).find());
    for (int group = 0; group <= MOST_GROUPS; group++) {
      int of = group;
      if (shared.agreesOnGroup(group)) {
        assertSame(
            told + " group " + group,
            kernel.column("nullif(regexp_extract(" + s + ", " + quoted + ", " + of + "), '')"),
            asked,
            each -> found(pattern.matcher(each), of));
      }
    }
    if (!shared.mayBeEmpty()) {
      assertSame(
          told + " replaced",
          kernel.column("regexp_replace(" + s + ", " + quoted + ", '<\\\\1>', 'g')"),
          asked,
          each -> pattern.matcher(each).replaceAll(Matcher.quoteReplacement("<\\1>")));
      assertSame(
          told + " counted",
          kernel.column("CAST(len(regexp_extract_all(" + s + ", " + quoted + ")) AS INTEGER)"),
          asked,
          each -> (int) pattern.matcher(each).results().count());
    }
  }

  private static List<String> withoutBreaks(List<String> texts) {
    return texts.stream().map(text -> text.replaceAll("[\\n\\r]+\\z", "")).toList();
  }

  private static String found(Matcher matcher, int group) {
    return matcher.find() ? matcher.group(group) : null;
  }

  private static void assertSame(
      String told, List<Object> kernel, List<String> texts, Function<String, Object> java) {
    assertThat(kernel).as(told).isEqualTo(texts.stream().map(java).toList());
  }

  @Test
  void leaveOthersToJava() {
    for (String pattern :
        List.of(
            "",
            "é",
            "(?i)a",
            "\\1(a)",
            "a++",
            "(a*)*",
            "(a|)b",
            "[a&&b]",
            "\\p{L}",
            "a(?=b)",
            "[]a]",
            "a{1001}",
            "(a{9}){9}",
            "\\Bx",
            "a**",
            "^*",
            "\\Z",
            "\\Qa\\E",
            "(?<n>a)",
            "[\\D]",
            "[a-z-9]")) {
      assertThat(SharedPattern.of(pattern)).as(pattern).isEmpty();
    }
  }

  @Test
  void takesNoPatternThatJavaRefuses() {
    Random random = new Random(SEED + 1);
    for (int i = 0; i < 20_000; i++) {
      String text =
          pattern(random, 2) + any(random, List.of("", "(", ")", "]", "[", "{", "\\", "*"));
      if (!compiles(text)) {
        assertThat(SharedPattern.of(text)).as(text).isEmpty();
      }
    }
  }

  private static boolean compiles(String text) {
    try {
      return Pattern.compile(text).flags() >= 0;
    } catch (PatternSyntaxException refused) {
      return false;
    }
  }
}
