package org.quorate.app.command;

import java.time.InstantSource;
import java.util.List;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.base.VisibleText;
import org.quorate.ceremony.GlassReviews;
import org.quorate.ceremony.GlassReviews.GlassReview;
import org.quorate.ledger.Growth;
import picocli.CommandLine;

/// `quorate ledger reviews`: which ceremonies broke the glass, and whose review is due or overdue. Whoever runs
/// it every day is told by its answer.
@CommandLine.Command(name = "reviews")
final class LedgerReviewsCommand extends LedgerReadingAt {
    LedgerReviewsCommand(SiteFolder defaultHome, InstantSource clock) {
        super(defaultHome, clock);
    }

    @Override
    Exit act(Opened opened, Growth sound, Output output) {
        var found = new GlassReviews(opened.reader().keys());
        opened.reader().eachEntry(found::add);
        List<GlassReview> all = found.all();
        output.answer(
                opened.json()
                        .put("reviews", Json.array(all.stream().map(this::json).toList()))
                        .build(),
                all.isEmpty()
                        ? List.of(Texts.get("app.ledger.reviews.none"))
                        : all.stream().map(this::line).toList());
        return all.stream().anyMatch(review -> review.overdue(now())) ? Exit.NO : Exit.DONE;
    }

    private String state(GlassReview review) {
        if (review.overdue(now())) {
            return "overdue";
        }
        return review.open() ? "due" : "done";
    }

    private Json.Obj json(GlassReview review) {
        return Json.obj()
                .put("ceremony", review.ceremony().toString())
                .put("title", review.title())
                .put("glass", review.glass())
                .put("reason", review.reason())
                .put("broken_by", Json.strings(review.brokenBy()))
                .put("reviewed_by", review.reviewedBy())
                .put("due", UtcTime.format(review.due()))
                .put("state", state(review))
                .build();
    }

    private String line(GlassReview review) {
        return Texts.get(
                "app.ledger.reviews." + state(review),
                VisibleText.of(review.title()),
                review.glass(),
                VisibleText.of(review.reason()),
                UtcTime.forPeople(review.due()),
                review.review().map(String::valueOf).orElse(""));
    }
}
