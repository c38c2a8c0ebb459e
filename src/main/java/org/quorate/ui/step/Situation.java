package org.quorate.ui.step;

import org.quorate.ui.control.Sheets;
import org.quorate.ui.model.Answering;
import org.quorate.ui.records.RecordPages;

/// What a form needs beside its question.
public record Situation(Answering model, Sheets sheets, RecordPages records) {}
