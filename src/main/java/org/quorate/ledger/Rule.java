package org.quorate.ledger;

import org.quorate.base.Texts;

/// Every rule that verification checks: one name, the same in `docs/ledger-format.md`, in the Python verifier, on
/// screen and in the record.
public enum Rule {
    // The file around the entries.
    FILE_MISSING("file.missing"),
    FILE_NOT_A_LEDGER("file.not_a_ledger"),
    FILE_IN_USE("file.in_use"),
    FILE_JOURNAL("file.journal"),
    FILE_WAL("file.wal"),
    FILE_VERSION("file.version"),
    FILE_SCHEMA("file.schema"),
    FILE_DAMAGED("file.damaged"),

    // What every entry keeps. The first one broken ends the judgement: all that follows stands on it.
    ROW_GAP("row.gap"),
    ROW_FORM("row.form"),
    ENTRY_LEAF("entry.leaf"),
    ENTRY_FORM("entry.form"),
    ENTRY_FIELDS("entry.fields"),
    ENTRY_TYPE("entry.type"),
    ENTRY_TIME("entry.time"),
    ENTRY_SEQ("entry.seq"),
    ENTRY_LEDGER("entry.ledger"),
    ENTRY_PREV("entry.prev"),
    GENESIS_PLACE("genesis.place"),
    GENESIS_DATA("genesis.data"),

    // What entries of a type keep. An entry that breaks one counts for nothing, and the judgement goes on.
    GENESIS_FOUNDERS("genesis.founders"),
    STATEMENT_DATA("statement.data"),
    COSIGN_DATA("cosign.data"),
    COSIGN_TARGET("cosign.target"),
    COSIGN_CEREMONY("cosign.ceremony"),
    COSIGN_KEY("cosign.key"),
    COSIGN_SIGNATURE("cosign.signature"),
    QUORUM_FORM("quorum.form"),
    QUORUM_COSIGNS("quorum.cosigns"),
    QUORUM_STATEMENT("quorum.statement"),
    QUORUM_PERSONS("quorum.persons"),
    QUORUM_ACT("quorum.act"),
    KEY_ADD_DATA("key_add.data"),
    KEY_ADD_OWN_COSIGN("key_add.own_cosign"),
    KEY_RETIRE_KEY("key_retire.key"),
    SCRIPT_APPROVAL_DATA("script_approval.data"),
    CEREMONY_APPROVAL("ceremony.approval"),
    INTENT_DATA("intent.data"),
    OUTCOME_DATA("outcome.data"),
    OUTCOME_INTENT("outcome.intent"),
    CHECKPOINT_NOTE("checkpoint.note"),
    CHECKPOINT_ORIGIN("checkpoint.origin"),
    CHECKPOINT_SIZE("checkpoint.size"),
    CHECKPOINT_ROOT("checkpoint.root"),
    CHECKPOINT_SIGNATURE("checkpoint.signature"),
    ANCHOR_DATA("anchor.data"),

    ARTEFACT_HASH("artefact.hash"),
    ARTEFACT_MISSING("artefact.missing"),
    ARTEFACT_UNNAMED("artefact.unnamed"),

    // What was told from outside.
    TRUST_LEDGER("trust.ledger"),
    TRUST_ORIGIN("trust.origin"),
    TRUST_CONSOLE_KEY("trust.console_key"),
    TRUST_GENESIS("trust.genesis"),
    ANCHORED_SIZE("anchored.size"),
    ANCHORED_ROOT("anchored.root"),

    CLOCK_BACK("clock.back"),
    INTENT_OPEN("intent.open");

    private final String wire;

    Rule(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    public Severity severity() {
        return this == CLOCK_BACK || this == INTENT_OPEN ? Severity.WARNING : Severity.ERROR;
    }

    /// Whether, with this rule broken, there is nothing to judge.
    boolean forbidsJudgement() {
        return switch (this) {
            case FILE_MISSING, FILE_NOT_A_LEDGER, FILE_IN_USE, FILE_JOURNAL, FILE_WAL, FILE_VERSION -> true;
            default -> false;
        };
    }

    /// Whether the rule compares the ledger with what was told from outside.
    boolean isFromOutside() {
        return switch (this) {
            case TRUST_LEDGER, TRUST_ORIGIN, TRUST_CONSOLE_KEY, TRUST_GENESIS, ANCHORED_SIZE, ANCHORED_ROOT -> true;
            default -> false;
        };
    }

    /// What the rule demands, in one sentence for people.
    public String sentence() {
        return Texts.get("ledger.rule." + wire);
    }

    /// A warning is for people to judge; an error means that the ledger is not sound.
    public enum Severity {
        ERROR,
        WARNING
    }
}
