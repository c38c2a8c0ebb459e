package org.quorate.app.site;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.card.piv.PcscReaders;
import org.quorate.card.pkcs11.ModuleCards;
import org.quorate.ceremony.Site;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.pkcs11.Pkcs11Hsm;

/// The cards of a live site: what lies in the PC/SC readers of this machine, and the tokens of the modules that its
/// profile names for cards. There is no tray.
public final class LiveCards implements CardsAtHand {
    private final PcscReaders readers = new PcscReaders();
    private final List<Hsm> modules;
    private final List<ModuleCards> tokens;

    private LiveCards(List<Hsm> modules) {
        this.modules = List.copyOf(modules);
        this.tokens = modules.stream().map(ModuleCards::new).toList();
    }

    public static CardsAtHand of(SiteFolder folder) {
        return of(folder, folder.readProfile().machinery().cardModules());
    }

    /// @param modules in processes of their own, because a session on a token ends every other
    public static CardsAtHand of(SiteFolder folder, List<Site.ModuleAt> modules) {
        var open = new ArrayList<Hsm>();
        try {
            modules.forEach(module -> open.add(Pkcs11Hsm.open(SiteModules.settings(folder, module))));
            return new LiveCards(open);
        } catch (RuntimeException e) {
            open.forEach(Hsm::close);
            throw e;
        }
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
