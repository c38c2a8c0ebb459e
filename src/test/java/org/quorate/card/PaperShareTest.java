package org.quorate.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.quorate.base.Secret;
import org.quorate.base.Words;
import org.quorate.card.PaperShare.Read;
import org.quorate.card.SecretSplitter.Joined;

/// Shares as words: any M of them make the secret again, and what was misread is seen.
class PaperShareTest {
    private final Random random = new Random(20261122);

    private byte[] key(int bytes) {
        var key = new byte[bytes];
        random.nextBytes(key);
        return key;
    }

    private static List<Share> split(byte[] key, int m, int n) {
        return SecretSplitter.split(Secret.ofBytes(key.clone()), m, n, new SecureRandom());
    }

    private static Secret typed(String text) {
        return Secret.ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Read read(String text, Split split, int bytes) {
        return PaperShare.read(typed(text), split, bytes);
    }

    @Test
    void everyChoiceOfM_makesTheKeyAgain_andFewerDoNot() {
        for (int bytes : List.of(16, 24, 32)) {
            for (int m = 2; m <= 4; m++) {
                byte[] key = key(bytes);
                List<Share> shares = split(key, m, 5);
                Split split = shares.getFirst().split();
                List<String> sheets = shares.stream()
                        .map(share -> String.join(" ", PaperShare.of(share)))
                        .toList();
                for (int choice = 1; choice < 1 << sheets.size(); choice++) {
                    var some = new ArrayList<Share>();
                    for (int i = 0; i < sheets.size(); i++) {
                        if ((choice >> i & 1) == 1) {
                            some.add(((Read.Good) read(sheets.get(i), split, bytes)).share());
                        }
                    }
                    Joined joined = SecretSplitter.join(split, some);
                    if (some.size() < m) {
                        assertThat(joined).isEqualTo(new Joined.TooFew(some.size(), m));
                    } else {
                        byte[] made = ((Joined.Whole) joined).secret().use(byte[]::clone);
                        assertThat(made).isEqualTo(key);
                    }
                }
            }
        }
    }

    @Test
    void capitals_fourLetters_numbersAndLines_areTheSame() {
        Share share = split(key(32), 2, 3).get(1);
        List<String> words = PaperShare.of(share);
        String typed = words.stream()
                .map(word -> word.substring(0, Math.min(4, word.length())).toUpperCase(java.util.Locale.ROOT))
                .collect(Collectors.joining("\n 7. "));

        assertThat(words).hasSize(PaperShare.words(32)).hasSize(31);
        assertThat(read(typed, share.split(), 32)).isInstanceOfSatisfying(Read.Good.class, good -> {
            assertThat(good.share().number()).isEqualTo(2);
            assertThat(good.share().value().sameAs(share.value())).isTrue();
        });
    }

    /// One word taken for another, or two that changed places.
    @Test
    void mistypedWords_areNeverTaken() {
        for (int round = 0; round < 2_000; round++) {
            Share share = split(key(32), 2, 3).get(random.nextInt(3));
            var words = new ArrayList<>(PaperShare.of(share));
            int at = random.nextInt(words.size());
            if (round % 2 == 0) {
                words.set(at, Words.at(random.nextInt(2048)));
            } else {
                Collections.swap(words, at, random.nextInt(words.size()));
            }
            if (words.equals(PaperShare.of(share))) {
                continue;
            }
            assertThat(read(String.join(" ", words), share.split(), 32))
                    .isInstanceOfAny(Read.Altered.class, Read.Foreign.class);
        }
    }

    @Test
    void whatIsNoSheet_isNamed() {
        List<Share> shares = split(key(32), 2, 3);
        Split split = shares.getFirst().split();
        List<String> words = PaperShare.of(shares.getFirst());
        var unknown = new ArrayList<>(words);
        unknown.set(4, "quorate");
        Split other = split(key(32), 2, 3).getFirst().split();

        assertThat(read(String.join(" ", unknown), split, 32)).isEqualTo(new Read.UnknownWord(5));
        assertThat(read(String.join(" ", words.subList(1, 31)), split, 32)).isEqualTo(new Read.WrongCount(30));
        assertThat(read("", split, 32)).isEqualTo(new Read.WrongCount(0));
        assertThat(read(String.join(" ", words), other, 32)).isEqualTo(new Read.Foreign(PaperShare.serial(split, 1)));
        // The same id with another M is another splitting, whatever its numbers say.
        assertThat(read(String.join(" ", words), new Split(split.id(), 3, 3), 32))
                .isEqualTo(new Read.Altered());
    }

    @Test
    void everyWordOfTheList_isFound_byItselfAndByFourLetters() {
        for (int i = 0; i < 2048; i++) {
            String word = Words.at(i);
            assertThat(Words.index(word)).hasValue(i);
            assertThat(Words.index(word.substring(0, Math.min(4, word.length()))))
                    .hasValue(i);
            assertThat(Words.index(word + "q")).isEmpty();
        }
        assertThat(Words.index("")).isEmpty();
    }
}
