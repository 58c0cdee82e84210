CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

CREATE TABLE amputation (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    patient_id TEXT NOT NULL REFERENCES patient (id),
    site TEXT NOT NULL,
    level TEXT NOT NULL,
    date TEXT,
    cause TEXT,
    note TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

CREATE TRIGGER amputation_no_delete BEFORE DELETE ON amputation BEGIN
    SELECT RAISE (ABORT, 'nothing is deleted, only withdrawn');
END;

CREATE INDEX amputation_of_patient ON amputation (patient_id);

CREATE TABLE change_log (
    n INTEGER PRIMARY KEY,
    tab TEXT NOT NULL,
    key TEXT NOT NULL,
    op TEXT NOT NULL CHECK (op IN ('I', 'U', 'D')),
    old TEXT,
    new TEXT
) STRICT;

CREATE TRIGGER change_log_no_delete BEFORE DELETE ON change_log BEGIN
    SELECT RAISE (ABORT, 'the record of changes is only added to');
END;

CREATE TRIGGER change_log_no_update BEFORE UPDATE ON change_log BEGIN
    SELECT RAISE (ABORT, 'the record of changes is only added to');
END;

CREATE INDEX change_log_of_row ON change_log (tab, key, n);

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
    procedure_id TEXT REFERENCES procedure (id),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

CREATE TRIGGER complication_no_delete BEFORE DELETE ON complication BEGIN
    SELECT RAISE (ABORT, 'nothing is deleted, only withdrawn');
END;

CREATE INDEX complication_of_patient ON complication (patient_id);

CREATE INDEX complication_of_procedure ON complication (procedure_id);

CREATE TABLE desk (
    login TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visit (id),
    place TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE expected (
    number INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    patient_id TEXT NOT NULL REFERENCES patient (id),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
    UNIQUE (day, patient_id)
) STRICT;

CREATE TRIGGER expected_no_delete BEFORE DELETE ON expected BEGIN
    SELECT RAISE (ABORT, 'nothing is deleted, only withdrawn');
END;

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

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

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
    follows TEXT REFERENCES lesion (id),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
    CHECK ((x IS NULL) = (y IS NULL))
) STRICT;

CREATE UNIQUE INDEX lesion_by_letter ON lesion (patient_id, letter) WHERE withdrawn_at IS NULL;

CREATE TRIGGER lesion_no_delete BEFORE DELETE ON lesion BEGIN
    SELECT RAISE (ABORT, 'nothing is deleted, only withdrawn');
END;

CREATE INDEX lesion_of_patient ON lesion (patient_id);

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
    note TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    withdrawn_at TEXT,
    withdrawn_by TEXT, size_change TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
    PRIMARY KEY (visit_id, lesion_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER lesion_state_insert_final BEFORE INSERT ON lesion_state
WHEN (SELECT state FROM visit WHERE id = new.visit_id) = 'final' BEGIN
    SELECT RAISE (ABORT, 'a final visit is read-only');
END;

CREATE TRIGGER lesion_state_no_delete BEFORE DELETE ON lesion_state BEGIN
    SELECT RAISE (ABORT, 'nothing is deleted, only withdrawn');
END;

CREATE INDEX lesion_state_of_lesion ON lesion_state (lesion_id);

CREATE TRIGGER lesion_state_update_final BEFORE UPDATE ON lesion_state
WHEN 'final' IN (SELECT state FROM visit WHERE id IN (old.visit_id, new.visit_id)) BEGIN
    SELECT RAISE (ABORT, 'a final visit is read-only');
END;

CREATE TABLE measure (
    key TEXT NOT NULL PRIMARY KEY,
    unit TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE medicine (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    patient_id TEXT NOT NULL REFERENCES patient (id),
    kind TEXT NOT NULL,
    name TEXT,
    dose TEXT,
    start TEXT,
    stop TEXT,
    last_dose TEXT,
    note TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

CREATE TRIGGER medicine_no_delete BEFORE DELETE ON medicine BEGIN
    SELECT RAISE (ABORT, 'nothing is deleted, only withdrawn');
END;

CREATE INDEX medicine_of_patient ON medicine (patient_id);

CREATE TABLE observation (
    visit_id TEXT NOT NULL REFERENCES visit (id),
    site TEXT NOT NULL,
    measure TEXT NOT NULL REFERENCES measure (key),
    repeat INTEGER NOT NULL CHECK (repeat >= 1),
    value ANY,
    reason TEXT,
    reason_text TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
    PRIMARY KEY (visit_id, site, measure, repeat),
    CHECK ((value IS NULL) <> (reason IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER observation_insert_final BEFORE INSERT ON observation
WHEN (SELECT state FROM visit WHERE id = new.visit_id) = 'final' BEGIN
    SELECT RAISE (ABORT, 'a final visit is read-only');
END;

CREATE TRIGGER observation_no_delete BEFORE DELETE ON observation BEGIN
    SELECT RAISE (ABORT, 'nothing is deleted, only withdrawn');
END;

CREATE TRIGGER observation_update_final BEFORE UPDATE ON observation
WHEN 'final' IN (SELECT state FROM visit WHERE id IN (old.visit_id, new.visit_id)) BEGIN
    SELECT RAISE (ABORT, 'a final visit is read-only');
END;

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
    words TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    withdrawn_at TEXT,
    withdrawn_by TEXT, allergy_status TEXT, allergies TEXT, smoking TEXT, pack_years REAL CHECK (pack_years >= 0), smoking_stopped TEXT, medicines_none_on TEXT, ana TEXT, anticentromere TEXT, anti_scl70 TEXT, anti_rna_pol3 TEXT, ever_proximal_skin INTEGER CHECK (ever_proximal_skin IN (0, 1)), ever_puffy INTEGER CHECK (ever_puffy IN (0, 1)), ever_sclerodactyly INTEGER CHECK (ever_sclerodactyly IN (0, 1)), ever_tip_ulcers INTEGER CHECK (ever_tip_ulcers IN (0, 1)), ever_pitting_scars INTEGER CHECK (ever_pitting_scars IN (0, 1)), ever_telangiectasia INTEGER CHECK (ever_telangiectasia IN (0, 1)), ever_capillaries INTEGER CHECK (ever_capillaries IN (0, 1)), ever_pah INTEGER CHECK (ever_pah IN (0, 1)), ever_ild INTEGER CHECK (ever_ild IN (0, 1)), ever_raynaud INTEGER CHECK (ever_raynaud IN (0, 1)), study_id TEXT, study_arm TEXT, randomised_on TEXT, treated_hand TEXT, treated_reason TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

CREATE INDEX patient_by_name ON patient (sort_name, record_number) WHERE withdrawn_at IS NULL;

CREATE UNIQUE INDEX patient_by_record_number ON patient (record_number) WHERE withdrawn_at IS NULL;

CREATE TRIGGER patient_no_delete BEFORE DELETE ON patient BEGIN
    SELECT RAISE (ABORT, 'nothing is deleted, only withdrawn');
END;

CREATE VIRTUAL TABLE patient_words USING fts5 (
    words, content = 'patient', content_rowid = 'number', prefix = '1 2 3', tokenize = 'ascii',
    detail = none, columnsize = 0
);

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
    taken_at TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

CREATE TABLE photograph_content (
    photograph_id TEXT NOT NULL PRIMARY KEY REFERENCES photograph (id),
    content BLOB NOT NULL
) STRICT;

CREATE TRIGGER photograph_content_no_delete BEFORE DELETE ON photograph_content BEGIN
    SELECT RAISE (ABORT, 'nothing is deleted, only withdrawn');
END;

CREATE TRIGGER photograph_content_no_update BEFORE UPDATE ON photograph_content BEGIN
    SELECT RAISE (ABORT, 'a picture is never changed');
END;

CREATE TRIGGER photograph_insert_final BEFORE INSERT ON photograph
WHEN (SELECT state FROM visit WHERE id = new.visit_id) = 'final' BEGIN
    SELECT RAISE (ABORT, 'a final visit is read-only');
END;

CREATE TRIGGER photograph_keeps_its_picture BEFORE UPDATE ON photograph
WHEN new.sha256 <> old.sha256 OR new.visit_id <> old.visit_id BEGIN
    SELECT RAISE (ABORT, 'a photograph keeps its picture and its visit');
END;

CREATE TRIGGER photograph_no_delete BEFORE DELETE ON photograph BEGIN
    SELECT RAISE (ABORT, 'nothing is deleted, only withdrawn');
END;

CREATE INDEX photograph_of_lesion ON photograph (lesion_id);

CREATE INDEX photograph_of_visit ON photograph (visit_id);

CREATE TRIGGER photograph_update_final BEFORE UPDATE ON photograph
WHEN 'final' IN (SELECT state FROM visit WHERE id IN (old.visit_id, new.visit_id)) BEGIN
    SELECT RAISE (ABORT, 'a final visit is read-only');
END;

CREATE TABLE procedure (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    patient_id TEXT NOT NULL REFERENCES patient (id),
    kind TEXT NOT NULL,
    side TEXT NOT NULL,
    digits TEXT,
    date TEXT,
    state TEXT NOT NULL,
    note TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    withdrawn_at TEXT,
    withdrawn_by TEXT, fat_ml REAL CHECK (fat_ml >= 0), adsvf_ml REAL CHECK (adsvf_ml >= 0), injections TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

CREATE TRIGGER procedure_no_delete BEFORE DELETE ON procedure BEGIN
    SELECT RAISE (ABORT, 'nothing is deleted, only withdrawn');
END;

CREATE INDEX procedure_of_patient ON procedure (patient_id);

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

CREATE INDEX seal_at ON seal (at);

CREATE TRIGGER seal_no_delete BEFORE DELETE ON seal BEGIN
    SELECT RAISE (ABORT, 'the record of changes is only added to');
END;

CREATE TRIGGER seal_no_update BEFORE UPDATE ON seal BEGIN
    SELECT RAISE (ABORT, 'the record of changes is only added to');
END;

CREATE INDEX seal_of_patient ON seal (patient_id, n) WHERE patient_id <> '';

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER setting_no_delete BEFORE DELETE ON setting BEGIN
    SELECT RAISE (ABORT, 'nothing is deleted, only withdrawn');
END;

CREATE TABLE touched (
    patient_id TEXT NOT NULL PRIMARY KEY REFERENCES patient (id),
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX touched_at ON touched (at);

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
    remarks TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    withdrawn_at TEXT,
    withdrawn_by TEXT, protocol TEXT, lesions_reviewed INTEGER CHECK (lesions_reviewed IN (0, 1)),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

CREATE TRIGGER visit_final_is_read_only BEFORE UPDATE ON visit
WHEN old.state = 'final' AND NOT (
    length(new.remarks) > length(old.remarks)
    AND substr(new.remarks, 1, length(old.remarks)) = old.remarks
    AND (new.state = 'draft' OR new.patient_id <> old.patient_id)
) BEGIN
    SELECT RAISE (ABORT, 'a final visit is read-only');
END;

CREATE TRIGGER visit_no_delete BEFORE DELETE ON visit BEGIN
    SELECT RAISE (ABORT, 'nothing is deleted, only withdrawn');
END;

CREATE INDEX visit_of_patient ON visit (patient_id, at, state) WHERE withdrawn_at IS NULL;
