package org.quorate.app.site;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.card.piv.PcscReaders;
import org.quorate.card.pkcs11.ModuleCards;
import org.quorate.ceremony.Site;
import org.quorate.hsm.Hsm;

/// The cards of a live site: what lies in the PC/SC readers of this machine, and the tokens of the modules that its
/// profile names for cards. There is no tray.
public final class LiveCards implements CardsAtHand {
    private final PcscReaders readers = new PcscReaders();
    private final SiteFolder folder;
    private final List<Hsm> modules = new CopyOnWriteArrayList<>();
    private final List<ModuleCards> tokens = new CopyOnWriteArrayList<>();

    /// The readers only, where nobody has said yet which modules a site has.
    public LiveCards(SiteFolder folder) {
        this.folder = folder;
    }

    public static CardsAtHand of(SiteFolder folder) {
        var cards = new LiveCards(folder);
        try {
            folder.readProfile().machinery().cardModules().forEach(cards::add);
            return cards;
        } catch (RuntimeException e) {
            cards.close();
            throw e;
        }
    }

    /// A further module, in a process of its own, because a session on a token ends every other.
    public void add(Site.ModuleAt module) {
        Hsm open = MakersModule.open(SiteModules.settings(folder, module));
        modules.add(open);
        tokens.add(new ModuleCards(open));
    }

    @Override
    public CardReader reader() {
        return new CardReader() {
            // A card that both a reader and a module show is one card.
            @Override
            public List<Card> present() {
                var seen = new HashSet<Digest>();
                return all().flatMap(one -> one.present().stream())
                        .filter(card -> seen.add(card.keyId()))
                        .toList();
            }

            @Override
            public List<Problem> troubles() {
                return all().flatMap(one -> one.troubles().stream()).toList();
            }

            @Override
            public boolean practice() {
                return false;
            }
        };
    }

    private Stream<CardReader> all() {
        return Stream.concat(tokens.stream(), Stream.of(readers));
    }

    @Override
    public void close() {
        modules.forEach(Hsm::close);
    }
}
