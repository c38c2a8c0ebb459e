package org.quorate.ui.step;

import org.quorate.ui.control.Sheets;
import org.quorate.ui.model.CeremonyViewModel;
import org.quorate.ui.records.RecordPages;

/// What a form needs beside its question.
public record Situation(CeremonyViewModel model, Sheets sheets, RecordPages records) {}
