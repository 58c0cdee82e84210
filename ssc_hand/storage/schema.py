"""The tables as the first migration makes them; never changed after a release."""

from __future__ import annotations

_STAMPS = """
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))"""

_TABLES = """
CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT,{stamps}
) STRICT, WITHOUT ROWID;

CREATE TABLE measure (
    key TEXT NOT NULL PRIMARY KEY,
    unit TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE patient (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    record_number TEXT NOT NULL COLLATE NOCASE CHECK (record_number <> ''),
    family_name TEXT NOT NULL CHECK (family_name <> ''),
    given_name TEXT,
    birth_date TEXT,
    sex TEXT,
    dominant_hand TEXT,
    subset TEXT,
    first_raynaud TEXT,
    first_other TEXT,
    note TEXT,
    sort_name TEXT NOT NULL,
    words TEXT NOT NULL,{stamps}
) STRICT;
CREATE UNIQUE INDEX patient_by_record_number ON patient (record_number) WHERE withdrawn_at IS NULL;
CREATE INDEX patient_by_name ON patient (sort_name, record_number) WHERE withdrawn_at IS NULL;

CREATE VIRTUAL TABLE patient_words USING fts5 (
    words, content = 'patient', content_rowid = 'number', prefix = '1 2 3', tokenize = 'ascii',
    detail = none, columnsize = 0
);

CREATE TABLE touched (
    patient_id TEXT NOT NULL PRIMARY KEY REFERENCES patient (id),
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX touched_at ON touched (at);

CREATE TABLE procedure (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    patient_id TEXT NOT NULL REFERENCES patient (id),
    kind TEXT NOT NULL,
    side TEXT NOT NULL,
    digits TEXT,
    date TEXT,
    state TEXT NOT NULL,
    note TEXT,{stamps}
) STRICT;
CREATE INDEX procedure_of_patient ON procedure (patient_id);

CREATE TABLE amputation (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    patient_id TEXT NOT NULL REFERENCES patient (id),
    site TEXT NOT NULL,
    level TEXT NOT NULL,
    date TEXT,
    cause TEXT,
    note TEXT,{stamps}
) STRICT;
CREATE INDEX amputation_of_patient ON amputation (patient_id);

CREATE TABLE lesion (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    patient_id TEXT NOT NULL REFERENCES patient (id),
    letter TEXT NOT NULL CHECK (letter <> ''),
    kind TEXT NOT NULL,
    site TEXT NOT NULL,
    aspect TEXT NOT NULL,
    x REAL CHECK (x BETWEEN 0 AND 1),
    y REAL CHECK (y BETWEEN 0 AND 1),
    location TEXT,
    origin TEXT,
    onset TEXT,
    follows TEXT REFERENCES lesion (id),{stamps},
    CHECK ((x IS NULL) = (y IS NULL))
) STRICT;
CREATE UNIQUE INDEX lesion_by_letter ON lesion (patient_id, letter) WHERE withdrawn_at IS NULL;
CREATE INDEX lesion_of_patient ON lesion (patient_id);

CREATE TABLE visit (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    patient_id TEXT NOT NULL REFERENCES patient (id),
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    examiner TEXT,
    examiner_role TEXT,
    seated_since TEXT,
    device TEXT,
    refill_site TEXT,
    last_vasodilator TEXT,
    smoke TEXT,
    caffeine TEXT,
    reason TEXT,
    ulcer_history TEXT,
    findings TEXT,
    plan TEXT,
    next_review TEXT,
    state TEXT NOT NULL CHECK (state IN ('draft', 'final')),
    remarks TEXT NOT NULL DEFAULT '',{stamps}
) STRICT;
CREATE INDEX visit_of_patient ON visit (patient_id, at, state) WHERE withdrawn_at IS NULL;

CREATE TABLE observation (
    visit_id TEXT NOT NULL REFERENCES visit (id),
    site TEXT NOT NULL,
    measure TEXT NOT NULL REFERENCES measure (key),
    repeat INTEGER NOT NULL CHECK (repeat >= 1),
    value ANY,
    reason TEXT,
    reason_text TEXT NOT NULL DEFAULT '',{stamps},
    PRIMARY KEY (visit_id, site, measure, repeat),
    CHECK ((value IS NULL) <> (reason IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE lesion_state (
    visit_id TEXT NOT NULL REFERENCES visit (id),
    lesion_id TEXT NOT NULL REFERENCES lesion (id),
    status TEXT NOT NULL,
    length_mm REAL CHECK (length_mm >= 0),
    width_mm REAL CHECK (width_mm >= 0),
    depth TEXT,
    infection TEXT,
    signs TEXT,
    swab TEXT,
    exposed_bone INTEGER CHECK (exposed_bone IN (0, 1)),
    osteomyelitis INTEGER CHECK (osteomyelitis IN (0, 1)),
    pain INTEGER CHECK (pain BETWEEN 0 AND 10),
    healed_on TEXT,
    note TEXT,{stamps},
    PRIMARY KEY (visit_id, lesion_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lesion_state_of_lesion ON lesion_state (lesion_id);

CREATE TABLE expected (
    number INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    patient_id TEXT NOT NULL REFERENCES patient (id),{stamps},
    UNIQUE (day, patient_id)
) STRICT;
"""

# The last line of defence; the sentences for people are said before, in Python.
_VISIT_IS_READ_ONLY = """
CREATE TRIGGER visit_final_is_read_only BEFORE UPDATE ON visit
WHEN old.state = 'final' AND NOT (
    length(new.remarks) > length(old.remarks)
    AND substr(new.remarks, 1, length(old.remarks)) = old.remarks
    AND (new.state = 'draft' OR new.patient_id <> old.patient_id)
) BEGIN
    SELECT RAISE (ABORT, 'a final visit is read-only');
END;
"""
_PART_IS_READ_ONLY = """
CREATE TRIGGER {table}_insert_final BEFORE INSERT ON {table}
WHEN (SELECT state FROM visit WHERE id = new.visit_id) = 'final' BEGIN
    SELECT RAISE (ABORT, 'a final visit is read-only');
END;
CREATE TRIGGER {table}_update_final BEFORE UPDATE ON {table}
WHEN 'final' IN (SELECT state FROM visit WHERE id IN (old.visit_id, new.visit_id)) BEGIN
    SELECT RAISE (ABORT, 'a final visit is read-only');
END;
"""
_NO_DELETE = """
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN
    SELECT RAISE (ABORT, 'nothing is deleted, only withdrawn');
END;
"""

_STAMPED_AT_FIRST = (
    "setting",
    "patient",
    "procedure",
    "amputation",
    "lesion",
    "visit",
    "observation",
    "lesion_state",
    "expected",
)

#: All statements of the first migration.
M001 = (
    _TABLES.replace("{stamps}", _STAMPS)
    + _VISIT_IS_READ_ONLY
    + "".join(_PART_IS_READ_ONLY.replace("{table}", table) for table in ("observation", "lesion_state"))
    + "".join(_NO_DELETE.replace("{table}", table) for table in _STAMPED_AT_FIRST)
)

_TABLES_OF_THE_BEDSIDE = """
ALTER TABLE visit ADD COLUMN protocol TEXT;
ALTER TABLE visit ADD COLUMN lesions_reviewed INTEGER CHECK (lesions_reviewed IN (0, 1));
ALTER TABLE lesion_state ADD COLUMN size_change TEXT;

CREATE TABLE desk (
    login TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visit (id),
    place TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

#: All statements of the second migration: the course of lesions, the protocol of a visit, where each user left off.
M002 = _TABLES_OF_THE_BEDSIDE

_TABLES_OF_THE_BACKGROUND = """
ALTER TABLE patient ADD COLUMN allergy_status TEXT;
ALTER TABLE patient ADD COLUMN allergies TEXT;
ALTER TABLE patient ADD COLUMN smoking TEXT;
ALTER TABLE patient ADD COLUMN pack_years REAL CHECK (pack_years >= 0);
ALTER TABLE patient ADD COLUMN smoking_stopped TEXT;
ALTER TABLE patient ADD COLUMN medicines_none_on TEXT;
ALTER TABLE patient ADD COLUMN ana TEXT;
ALTER TABLE patient ADD COLUMN anticentromere TEXT;
ALTER TABLE patient ADD COLUMN anti_scl70 TEXT;
ALTER TABLE patient ADD COLUMN anti_rna_pol3 TEXT;
ALTER TABLE patient ADD COLUMN ever_proximal_skin INTEGER CHECK (ever_proximal_skin IN (0, 1));
ALTER TABLE patient ADD COLUMN ever_puffy INTEGER CHECK (ever_puffy IN (0, 1));
ALTER TABLE patient ADD COLUMN ever_sclerodactyly INTEGER CHECK (ever_sclerodactyly IN (0, 1));
ALTER TABLE patient ADD COLUMN ever_tip_ulcers INTEGER CHECK (ever_tip_ulcers IN (0, 1));
ALTER TABLE patient ADD COLUMN ever_pitting_scars INTEGER CHECK (ever_pitting_scars IN (0, 1));
ALTER TABLE patient ADD COLUMN ever_telangiectasia INTEGER CHECK (ever_telangiectasia IN (0, 1));
ALTER TABLE patient ADD COLUMN ever_capillaries INTEGER CHECK (ever_capillaries IN (0, 1));
ALTER TABLE patient ADD COLUMN ever_pah INTEGER CHECK (ever_pah IN (0, 1));
ALTER TABLE patient ADD COLUMN ever_ild INTEGER CHECK (ever_ild IN (0, 1));
ALTER TABLE patient ADD COLUMN ever_raynaud INTEGER CHECK (ever_raynaud IN (0, 1));
ALTER TABLE patient ADD COLUMN study_id TEXT;
ALTER TABLE patient ADD COLUMN study_arm TEXT;
ALTER TABLE patient ADD COLUMN randomised_on TEXT;
ALTER TABLE patient ADD COLUMN treated_hand TEXT;
ALTER TABLE patient ADD COLUMN treated_reason TEXT;

ALTER TABLE procedure ADD COLUMN fat_ml REAL CHECK (fat_ml >= 0);
ALTER TABLE procedure ADD COLUMN adsvf_ml REAL CHECK (adsvf_ml >= 0);
ALTER TABLE procedure ADD COLUMN injections TEXT;

CREATE TABLE medicine (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    patient_id TEXT NOT NULL REFERENCES patient (id),
    kind TEXT NOT NULL,
    name TEXT,
    dose TEXT,
    start TEXT,
    stop TEXT,
    last_dose TEXT,
    note TEXT,{stamps}
) STRICT;
CREATE INDEX medicine_of_patient ON medicine (patient_id);

CREATE TABLE complication (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    patient_id TEXT NOT NULL REFERENCES patient (id),
    kind TEXT NOT NULL,
    date TEXT,
    side TEXT,
    digits TEXT,
    grade TEXT,
    action TEXT,
    outcome TEXT,
    note TEXT,
    procedure_id TEXT REFERENCES procedure (id),{stamps}
) STRICT;
CREATE INDEX complication_of_patient ON complication (patient_id);
CREATE INDEX complication_of_procedure ON complication (procedure_id);
"""

_STAMPED_OF_THE_BACKGROUND = ("medicine", "complication")

#: All statements of the third migration: medicines, complications, volumes per site, and what is asked of everybody.
M003 = _TABLES_OF_THE_BACKGROUND.replace("{stamps}", _STAMPS) + "".join(
    _NO_DELETE.replace("{table}", table) for table in _STAMPED_OF_THE_BACKGROUND
)

# The picture is never written again, so that a new caption does not copy it; and it always is the one described.
_TABLES_OF_PHOTOGRAPHS = """
CREATE TABLE photograph (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    visit_id TEXT NOT NULL REFERENCES visit (id),
    site TEXT NOT NULL,
    lesion_id TEXT REFERENCES lesion (id),
    width_px INTEGER NOT NULL CHECK (width_px > 0),
    height_px INTEGER NOT NULL CHECK (height_px > 0),
    size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    scale TEXT,
    outline TEXT,
    caption TEXT,
    taken_at TEXT,{stamps}
) STRICT;
CREATE INDEX photograph_of_visit ON photograph (visit_id);
CREATE INDEX photograph_of_lesion ON photograph (lesion_id);

CREATE TABLE photograph_content (
    photograph_id TEXT NOT NULL PRIMARY KEY REFERENCES photograph (id),
    content BLOB NOT NULL
) STRICT;

CREATE TRIGGER photograph_keeps_its_picture BEFORE UPDATE ON photograph
WHEN new.sha256 <> old.sha256 OR new.visit_id <> old.visit_id BEGIN
    SELECT RAISE (ABORT, 'a photograph keeps its picture and its visit');
END;
CREATE TRIGGER photograph_content_no_update BEFORE UPDATE ON photograph_content BEGIN
    SELECT RAISE (ABORT, 'a picture is never changed');
END;
"""

_STAMPED_OF_PHOTOGRAPHS = ("photograph",)

#: All statements of the fourth migration: photographs and their pictures.
M004 = (
    _TABLES_OF_PHOTOGRAPHS.replace("{stamps}", _STAMPS)
    + _PART_IS_READ_ONLY.replace("{table}", "photograph")
    + "".join(_NO_DELETE.replace("{table}", table) for table in (*_STAMPED_OF_PHOTOGRAPHS, "photograph_content"))
)

#: All statements of the fifth migration: entries that another window forestalled, until they are used or dropped.
M005 = """
CREATE TABLE forestalled (
    login TEXT NOT NULL,
    visit_id TEXT NOT NULL REFERENCES visit (id),
    place TEXT NOT NULL,
    before TEXT,
    after TEXT,
    is_conflict INTEGER NOT NULL CHECK (is_conflict IN (0, 1)),
    at TEXT NOT NULL,
    PRIMARY KEY (login, visit_id, place)
) STRICT, WITHOUT ROWID;
"""

_TABLES_OF_THE_LOG = """
CREATE TABLE change_log (
    n INTEGER PRIMARY KEY,
    tab TEXT NOT NULL,
    key TEXT NOT NULL,
    op TEXT NOT NULL CHECK (op IN ('I', 'U', 'D')),
    old TEXT,
    new TEXT
) STRICT;
CREATE INDEX change_log_of_row ON change_log (tab, key, n);

CREATE TABLE seal (
    n INTEGER PRIMARY KEY,
    first_log INTEGER NOT NULL,
    last_log INTEGER NOT NULL,
    at TEXT NOT NULL,
    user TEXT NOT NULL,
    deed TEXT NOT NULL,
    patient_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    mac TEXT NOT NULL
) STRICT;
CREATE INDEX seal_of_patient ON seal (patient_id, n) WHERE patient_id <> '';
CREATE INDEX seal_at ON seal (at);
"""
_APPEND_ONLY = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN
    SELECT RAISE (ABORT, 'the record of changes is only added to');
END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN
    SELECT RAISE (ABORT, 'the record of changes is only added to');
END;
"""

#: All statements of the step that brings the log of changes and its chain of seals.
LOG = _TABLES_OF_THE_LOG + "".join(_APPEND_ONLY.replace("{table}", table) for table in ("change_log", "seal"))

#: Tables with who and when on every row.
STAMPED = (*_STAMPED_AT_FIRST, *_STAMPED_OF_THE_BACKGROUND, *_STAMPED_OF_PHOTOGRAPHS)
