/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a letter on real stores: erased with a receipt, or destroyed because its time is over. */
#include "route-support.h"
#include "support.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "review/decision.h"
#include "route/erasure-receipt.h"
#include "route/routing.h"
#include "staff/directory-table.h"

#include <glib/gstdio.h>
#include <string.h>

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

/* ---- one letter's way to its end ---- */

static void
route (const RouteSession *session, AccDoor *door, GError **error)
{
  g_autoptr (AccDirectory) directory = acc_directory_table_load (session->desk, session->identity, NULL, error);
  const AccPerson *employees[] = { acc_directory_find_id (directory, "J"), acc_directory_find_id (directory, "T") };
  g_autoptr (AccPlan) plan = acc_plan_new (acc_opened_letter_get_letter (session->letter), directory, employees,
                                           acc_identity_get_banker (session->identity));
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.5 cover", 14);
  char paragraph[] = "Please read.";
  const AccCoverDone covers[] = { { paragraph, pdf }, { paragraph, pdf }, { paragraph, pdf } };
  g_autoptr (AccDoors) doors = acc_doors_new_of (door);

  g_assert_cmpuint (acc_plan_get_n_recipients (plan), ==, G_N_ELEMENTS (covers));
  if (acc_routing_prepare (session->desk, session->identity, session->letter, plan, covers, doors, error))
    acc_routing_hand_over (session->desk, session->identity, session->letter, doors, error);
}

typedef struct {
  RouteBranch branch;
  RouteSession session;
  AccDoor *outbox;
} Scene;

static void
scene_set_up (Scene *scene, gconstpointer data)
{
  const gboolean *routed = data;
  g_autoptr (GError) error = NULL;

  route_branch_set_up_approved (&scene->branch, FALSE);
  route_session_open (&scene->session, &scene->branch);
  scene->outbox = acc_folder_door_new (scene->branch.outbox);
  if (*routed)
    route (&scene->session, scene->outbox, &error);
  g_assert_no_error (error);
}

static void
scene_tear_down (Scene *scene, gconstpointer data)
{
  acc_clock_freeze (-1, -1);
  g_clear_object (&scene->outbox);
  route_session_close (&scene->session);
  route_branch_remove (&scene->branch);
}

static void
assert_desk_answer (const Scene *scene, const char *sql, const char *expected)
{
  assert_answer (scene->session.desk, sql, expected);
}

static gboolean
keep_nothing (const AccErasure *erasure, gpointer data, GError **error)
{
  return TRUE;
}

static AccErasure *
erase (const Scene *scene)
{
  g_autoptr (GError) error = NULL;
  AccErasure *erasure = acc_erase (scene->session.desk, scene->session.identity, ROUTE_NUMBER,
                                   "  The client asked.\n", keep_nothing, NULL, &error);

  g_assert_no_error (error);
  return erasure;
}

static void
assert_nothing_is_left (const Scene *scene)
{
  static const char *const left[] = {
    "SELECT count (*) FROM letter_key",
    "SELECT count (*) FROM document WHERE length (body) > 0",
    "SELECT count (*) FROM delivery WHERE length (recipient) > 0 OR reason IS NOT NULL",
    "SELECT count (*) FROM letter WHERE state <> 'erased'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    assert_desk_answer (scene, left[i], "0");
}

static void
assert_sound (const Scene *scene)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  acc_routing_check (scene->session.desk, findings, &error);
  g_assert_no_error (error);
  acc_decision_check (scene->session.desk, 0, findings, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

/* ---- erasing ---- */

static void
key_words_and_recipients_are_gone (Scene *scene, gconstpointer data)
{
  g_autoptr (AccErasure) erasure = erase (scene);

  assert_nothing_is_left (scene);
  assert_desk_answer (scene, "SELECT count (*) FROM document WHERE length (body_hash) = 64", "4");
  assert_desk_answer (scene, "SELECT group_concat (department) FROM routed_department", "Fraud Operations");
  assert_sound (scene);
}

static void
a_signed_entry_without_content_remains (Scene *scene, gconstpointer data)
{
  g_autoptr (AccErasure) erasure = erase (scene);
  g_autofree char *sql
    = g_strdup_printf ("SELECT count (*) FROM journal WHERE kind = 'erased' AND number = '" ROUTE_NUMBER
                       "' AND signer = '" ROUTE_BANKER "' AND length (signature) = 64 AND hash = '%s'",
                       erasure->entry_hash);

  assert_desk_answer (scene, sql, "1");
  assert_desk_answer (scene, "SELECT count (*) FROM decision WHERE move = 'erase' AND length (signature) = 64", "1");
}

static void
the_receipt_tells_what_had_left (Scene *scene, gconstpointer data)
{
  g_autoptr (AccErasure) erasure = erase (scene);
  g_autofree char *text = NULL;

  g_free (erasure->erased_at);
  erasure->erased_at = g_strdup ("2026-11-22T10:42:00+00:00");
  text = acc_erasure_receipt_text (erasure, &(AccErasureReceiptPlace){ "Market Street", ACC_PAPER_A4, 90 });

  for (const char *const *word = (const char *const[]){
         ROUTE_NUMBER, "Person J", "Person S", "Person M", "the supervisor", "folder", "Daniel Reyes",
         "The client asked.", "erased on 22 November 2026, 10:42", "until 20 February 2027",
         erasure->entry_hash, NULL };
       *word != NULL; word++)
    g_assert_nonnull (strstr (text, *word));
  for (const char *const *word = (const char *const[]){ "canary", "Jessica", NULL }; *word != NULL; word++)
    g_assert_null (strstr (text, *word));
}

static void
the_receipt_of_what_never_left_says_so (Scene *scene, gconstpointer data)
{
  g_autoptr (AccErasure) erasure = erase (scene);
  g_autofree char *text
    = acc_erasure_receipt_text (erasure, &(AccErasureReceiptPlace){ "Market Street", ACC_PAPER_A4, 90 });

  g_assert_cmpuint (erasure->deliveries->len, ==, 0);
  g_assert_nonnull (strstr (text, "Nothing of it had been handed over to anybody."));
}

static gboolean
write_receipt (const AccErasure *erasure, gpointer data, GError **error)
{
  g_autoptr (AccLetterhead) letterhead = route_letterhead ();
  GBytes **pdf = data;

  *pdf = acc_erasure_receipt_write (erasure, &(AccErasureReceiptPlace){ "Market Street", ACC_PAPER_A4, 90 }, letterhead,
                                    error);
  return *pdf != NULL;
}

static void
a_receipt_that_cannot_be_printed_stops_it (Scene *scene, gconstpointer data)
{
  g_autofree char *before = ask_sql (scene->session.desk, "SELECT count (*) || max (hash) FROM journal");
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (acc_erase (scene->session.desk, scene->session.identity, ROUTE_NUMBER, "Melted: \U0001FAE0",
                            write_receipt, &pdf, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS);
  assert_desk_answer (scene, "SELECT count (*) FROM letter_key", "1");
  assert_desk_answer (scene, "SELECT state FROM letter", "routed");
  assert_desk_answer (scene, "SELECT count (*) || max (hash) FROM journal", before);

  g_clear_error (&error);
  acc_erasure_free (acc_erase (scene->session.desk, scene->session.identity, ROUTE_NUMBER, "The client asked.",
                               write_receipt, &pdf, &error));
  g_assert_no_error (error);
  g_assert_true (g_bytes_get_size (pdf) > 1000 && memcmp (g_bytes_get_data (pdf, NULL), "%PDF", 4) == 0);
  assert_nothing_is_left (scene);
}

static void
without_a_reason_nothing_is_erased (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
    acc_erase (scene->session.desk, scene->session.identity, ROUTE_NUMBER, " \n", keep_nothing, NULL, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  assert_desk_answer (scene, "SELECT state FROM letter", "routed");
}

/* What keeps a letter from being opened. */
static const char *const damages[] = {
  "UPDATE letter_key SET key = zeroblob (80)", /* sealed for nobody */
  "DELETE FROM letter_key",
  "UPDATE document SET body = zeroblob (length (body)) WHERE kind = 'original'",
  "UPDATE document SET pdf_hash = lower (hex (zeroblob (32))) WHERE kind = 'original'",
  "DELETE FROM document WHERE kind = 'original'",
};

static void
a_letter_that_cannot_be_opened_is_erased_too (Scene *scene, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (AccErasure) erasure = NULL;
      g_autofree char *names = NULL;
      g_autoptr (GError) error = NULL;

      if (i > 0)
        {
          scene_tear_down (scene, data);
          scene_set_up (scene, data);
        }
      g_test_message ("%s", damages[i]);
      run_sql (scene->session.desk, damages[i]);
      g_assert_null (acc_opened_letter_new (scene->session.desk, scene->session.identity, ROUTE_NUMBER, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
      erasure = erase (scene);
      assert_nothing_is_left (scene);
      assert_sound (scene);
      g_assert_cmpuint (erasure->deliveries->len, ==, 3);
      g_assert_nonnull (strstr (((AccDelivery *) g_ptr_array_index (erasure->deliveries, 0))->name, "cannot be read"));
      g_clear_error (&error);
      acc_erasure_take_back (erasure, ACC_FOLDER_DOOR (scene->outbox), &error);
      g_assert_no_error (error);
      names = route_list_folder (scene->branch.outbox);
      g_assert_cmpstr (names, ==, "");
    }
}

static void
an_erased_letter_says_when (Scene *scene, gconstpointer data)
{
  g_autoptr (AccErasure) erasure = erase (scene);
  g_autofree char *day = g_strndup (erasure->erased_at, 10);
  g_autoptr (GError) again = NULL;

  g_assert_null (acc_erase (scene->session.desk, scene->session.identity, ROUTE_NUMBER, "Again.", keep_nothing, NULL,
                            &again));
  g_assert_error (again, ACC_ERROR, ACC_ERROR_INPUT);
  g_assert_nonnull (strstr (again->message, day));
  assert_desk_answer (scene, "SELECT count (*) FROM decision WHERE move = 'erase'", "1");
}

/* ---- the outbox ---- */

static void
put (const Scene *scene, const char *name)
{
  g_autofree char *folder = g_build_filename (scene->branch.outbox, name, NULL);
  g_autofree char *file = g_build_filename (folder, "words.pdf", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "words", -1, NULL));
}

static void
all_of_an_erased_letter_is_taken_back_and_nothing_else (Scene *scene, gconstpointer data)
{
  static const char *const others[] = { "another-bank's-folder", "11111111-1111-4111-8111-111111111111-1-employee" };
  g_autoptr (AccErasure) erasure = NULL;
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    put (scene, others[i]);
  put (scene, "." ROUTE_NUMBER "-2-employee.tmp"); /* cut short while it was made */
  put (scene, "." ROUTE_NUMBER "-3-own-supervisor.tmp");
  before = route_list_folder (scene->branch.outbox);
  acc_erasure_sweep (scene->session.desk, ACC_FOLDER_DOOR (scene->outbox), &error);
  g_assert_no_error (error);
  after = route_list_folder (scene->branch.outbox);
  g_assert_cmpstr (after, ==, before); /* it is not erased yet */

  erasure = erase (scene);
  acc_erasure_sweep (scene->session.desk, ACC_FOLDER_DOOR (scene->outbox), &error);
  g_assert_no_error (error);
  g_free (after);
  after = route_list_folder (scene->branch.outbox);
  g_assert_cmpstr (after, ==, "11111111-1111-4111-8111-111111111111-1-employee another-bank's-folder");
}

static void
it_is_taken_back_from_an_earlier_outbox_too (Scene *scene, gconstpointer data)
{
  g_autofree char *elsewhere = g_build_filename (scene->branch.folder, "new-outbox", NULL);
  g_autoptr (AccDoor) outbox = acc_folder_door_new (elsewhere);
  g_autoptr (AccErasure) erasure = erase (scene);
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;

  acc_erasure_take_back (erasure, ACC_FOLDER_DOOR (outbox), &error);
  g_assert_no_error (error);
  names = route_list_folder (scene->branch.outbox);
  g_assert_cmpstr (names, ==, "");
}

static void
a_folder_inside_a_package_is_named (Scene *scene, gconstpointer data)
{
  g_autoptr (AccErasure) erasure = erase (scene);
  g_autoptr (GError) error = NULL;

  put (scene, ROUTE_NUMBER "-1-supervisor/sent");
  g_assert_false (acc_folder_door_take_back (ACC_FOLDER_DOOR (scene->outbox), ROUTE_NUMBER, &error));
  g_assert_nonnull (strstr (error->message, "sent"));
}

/* ---- erased while another session hands it over ---- */

/* The folder door, but before the second delivery the letter is erased. */
struct _HastyDoor {
  GObject parent_instance;
  const Scene *scene;
  guint n;
};

G_DECLARE_FINAL_TYPE (HastyDoor, hasty_door, HASTY, DOOR, GObject)
static void hasty_door_iface_init (AccDoorInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (HastyDoor, hasty_door, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ACC_TYPE_DOOR, hasty_door_iface_init))

static const char *
hasty_door_get_name (AccDoor *door)
{
  return "folder";
}

static AccDoorResult
hasty_door_deliver (AccDoor *door, const AccPackage *package, GCancellable *cancellable, char **place, GError **error)
{
  HastyDoor *self = (HastyDoor *) door;

  if (++self->n == 2)
    acc_erasure_free (erase (self->scene));
  return acc_door_deliver (self->scene->outbox, package, cancellable, place, error);
}

static void
hasty_door_iface_init (AccDoorInterface *iface)
{
  iface->get_name = hasty_door_get_name;
  iface->repeats = TRUE;
  iface->deliver = hasty_door_deliver;
}

static void
hasty_door_class_init (HastyDoorClass *class)
{
}

static void
hasty_door_init (HastyDoor *self)
{
}

static void
a_delivery_under_way_brings_nothing_back (Scene *scene, gconstpointer data)
{
  g_autoptr (HastyDoor) door = g_object_new (hasty_door_get_type (), NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;

  door->scene = scene;
  route (&scene->session, ACC_DOOR (door), &error);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  assert_nothing_is_left (scene);
  assert_desk_answer (scene, "SELECT group_concat (state) FROM delivery", "handed over,unsure,prepared");
  assert_sound (scene);

  g_clear_error (&error);
  acc_erasure_sweep (scene->session.desk, ACC_FOLDER_DOOR (scene->outbox), &error);
  g_assert_no_error (error);
  names = route_list_folder (scene->branch.outbox);
  g_assert_cmpstr (names, ==, "");
}

/* ---- retention ---- */

static const struct {
  const char *what, *state;
  const char *taken_at, *acknowledged_at; /* the latter NULL: never */
  gboolean over;
  const char *since;
  guint days;
} ends[] = {
  { "90 days to the second", "acknowledged", "2026-08-01T00:00:00+01:00", "2026-08-24T11:00:00+01:00", TRUE,
    "2026-08-24T11:00:00+01:00", 90 },
  { "a second before, whatever the offset", "acknowledged", "2026-08-01T00:00:00+01:00", "2026-08-24T12:00:01+02:00",
    FALSE, NULL, 0 },
  { "acknowledged lately, but two years old", "acknowledged", "2024-11-22T10:00:00+00:00", "2026-11-21T10:00:00+00:00",
    TRUE, "2024-11-22T10:00:00+00:00", 730 },
  { "never acknowledged", "routed", "2026-01-01T00:00:00+00:00", NULL, FALSE, NULL, 0 },
  { "routed for two years", "routed", "2024-11-22T09:59:59+00:00", NULL, TRUE, "2024-11-22T09:59:59+00:00", 730 },
  { "nobody has looked at it for two years", "waiting", "2024-01-01T00:00:00+00:00", NULL, TRUE,
    "2024-01-01T00:00:00+00:00", 730 },
  { "declined", "declined", "2024-01-01T00:00:00+00:00", NULL, TRUE, "2024-01-01T00:00:00+00:00", 730 },
  { "acknowledged in the future", "acknowledged", "2026-08-01T00:00:00+01:00", "2031-01-01T00:00:00+00:00", FALSE, NULL,
    0 },
  { "no time at all", "routed", "long ago", NULL, FALSE, NULL, 0 },
  { "erased", "erased", "2020-01-01T00:00:00+00:00", NULL, FALSE, NULL, 0 },
  { "held for ever", "held", "2020-01-01T00:00:00+00:00", NULL, FALSE, NULL, 0 },
};

static void
freeze (const char *stamp)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (stamp, NULL);

  acc_clock_freeze (g_date_time_to_unix (time) * G_USEC_PER_SEC, 0);
}

/* As if the letter had come to this end long ago. */
static void
bring_to (const Scene *scene, guint i)
{
  g_autofree char *letter = g_strdup_printf ("UPDATE letter SET state = '%s', taken_at = '%s'", ends[i].state,
                                             ends[i].taken_at);
  g_autofree char *entry = g_strdup_printf (
    "INSERT INTO journal (writer, sequence, at, kind, number, previous, hash) VALUES ('desk', 1000, '%s', "
    "'acknowledged', '" ROUTE_NUMBER "', '', 'x')",
    ends[i].acknowledged_at);

  run_sql (scene->session.desk, letter);
  if (ends[i].acknowledged_at != NULL)
    run_sql (scene->session.desk, entry);
}

static void
each_letter_is_kept_as_long_as_it_may_be (Scene *scene, gconstpointer data)
{
  const AccRetention retention = { 90, 730 };

  freeze ("2026-11-22T10:00:00+00:00");
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) held = NULL, over = NULL;
      const AccExpiry *expiry;
      gboolean expired = !ends[i].over;

      g_test_message ("%s", ends[i].what);
      run_sql (scene->session.desk, "SAVEPOINT sound");
      bring_to (scene, i);
      over = acc_retention_list (scene->session.desk, &retention, &held, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (over->len, ==, ends[i].over ? 1 : 0);
      g_assert_cmpuint (held->len, ==, g_str_equal (ends[i].state, "held") ? 1 : 0);
      expiry = over->len > 0 ? g_ptr_array_index (over, 0) : NULL;
      if (expiry != NULL)
        {
          g_assert_cmpstr (expiry->since, ==, ends[i].since);
          g_assert_cmpuint (expiry->days, ==, ends[i].days);
        }
      acc_retention_expire (scene->session.desk, &retention, ROUTE_NUMBER, &expired, &error);
      g_assert_no_error (error);
      g_assert_cmpint (expired, ==, ends[i].over);
      assert_desk_answer (scene, "SELECT count (*) FROM letter_key", ends[i].over ? "0" : "1");
      run_sql (scene->session.desk, "ROLLBACK TO sound");
      run_sql (scene->session.desk, "RELEASE sound");
    }
}

static void
retention_leaves_an_unsigned_entry_of_its_own (Scene *scene, gconstpointer data)
{
  const AccRetention retention = { 90, 730 };
  g_autofree char *taken_at = ask_sql (scene->session.desk, "SELECT taken_at FROM letter");
  g_autofree char *facts = NULL, *changed_at = NULL;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gboolean expired;

  acc_clock_freeze (acc_clock_now () + 731 * DAY, 0);
  acc_erasure_expire (scene->session.desk, &retention, ROUTE_NUMBER, &expired, &error);
  g_assert_no_error (error);
  g_assert_true (expired);
  assert_nothing_is_left (scene);
  changed_at = ask_sql (scene->session.desk, "SELECT changed_at FROM letter");
  facts = g_strdup_printf ("{\"state\":\"routed\",\"since\":\"%s\",\"days\":730,\"changed_at\":\"%s\"}", taken_at,
                           changed_at);
  assert_desk_answer (scene, "SELECT facts FROM journal WHERE writer = 'retention'", facts);
  assert_desk_answer (scene,
                      "SELECT count (*) FROM journal WHERE writer = 'retention' AND kind = 'expired' AND number = '"
                      ROUTE_NUMBER "' AND sequence = 1 AND signer IS NULL AND signature IS NULL",
                      "1");

  acc_erasure_expire (scene->session.desk, &retention, ROUTE_NUMBER, &expired, &error);
  g_assert_no_error (error);
  g_assert_false (expired);
  assert_sound (scene);

  run_sql (scene->session.desk, "UPDATE letter SET changed_at = taken_at");
  acc_decision_check (scene->session.desk, 0, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (findings, 0), ROUTE_NUMBER ": it was moved last at another time"));
}

static const struct {
  int days; /* the clock after the journal's newest entry */
  gboolean something_is_over, trusted;
} clocks[] = {
  { 0, TRUE, TRUE },      /* just now */
  { 400, TRUE, TRUE },    /* a quiet year */
  { 401, TRUE, FALSE },   /* set wrong? */
  { 401, FALSE, TRUE },   /* nothing to lose */
  { 20000, TRUE, FALSE }, /* a battery has died */
  { -1, TRUE, FALSE },    /* set back */
  { -1, FALSE, FALSE },   /* and said so even where nothing would go */
};

static void
a_clock_that_looks_wrong_removes_nothing (Scene *scene, gconstpointer data)
{
  gint64 now = acc_clock_now ();
  g_autofree char *sql = NULL;
  g_autofree char *stamp = NULL;

  acc_clock_freeze (now, 0);
  stamp = acc_clock_stamp ();
  sql = g_strdup_printf ("INSERT INTO journal (writer, sequence, at, kind, previous, hash)"
                         " VALUES ('desk', 1000, '%s', 'looked', '', 'x')",
                         stamp);
  run_sql (scene->session.desk, sql);
  for (guint i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      g_autoptr (GError) error = NULL;

      acc_clock_freeze (now + clocks[i].days * DAY, 0);
      g_assert_cmpint (acc_retention_check_clock (scene->session.desk, clocks[i].something_is_over, &error), ==,
                       clocks[i].trusted);
      if (!clocks[i].trusted)
        g_assert_nonnull (strstr (error->message, stamp));
    }
}

#define ADD(path, routed, test) g_test_add (path, Scene, routed, scene_set_up, test, scene_tear_down)

int
main (int argc, char *argv[])
{
  static const gboolean routed = TRUE, approved = FALSE;

  g_test_init (&argc, &argv, NULL);
  ADD ("/erasure/nothing-is-left", &routed, key_words_and_recipients_are_gone);
  ADD ("/erasure/entry", &routed, a_signed_entry_without_content_remains);
  ADD ("/erasure/receipt", &routed, the_receipt_tells_what_had_left);
  ADD ("/erasure/receipt/nothing-left", &approved, the_receipt_of_what_never_left_says_so);
  ADD ("/erasure/receipt/stops", &routed, a_receipt_that_cannot_be_printed_stops_it);
  ADD ("/erasure/reason", &routed, without_a_reason_nothing_is_erased);
  ADD ("/erasure/damaged", &routed, a_letter_that_cannot_be_opened_is_erased_too);
  ADD ("/erasure/once", &routed, an_erased_letter_says_when);
  ADD ("/erasure/outbox", &routed, all_of_an_erased_letter_is_taken_back_and_nothing_else);
  ADD ("/erasure/outbox/earlier", &routed, it_is_taken_back_from_an_earlier_outbox_too);
  ADD ("/erasure/outbox/folder", &routed, a_folder_inside_a_package_is_named);
  ADD ("/erasure/outbox/under-way", &approved, a_delivery_under_way_brings_nothing_back);
  ADD ("/retention/ends", &routed, each_letter_is_kept_as_long_as_it_may_be);
  ADD ("/retention/entry", &routed, retention_leaves_an_unsigned_entry_of_its_own);
  ADD ("/retention/clock", &approved, a_clock_that_looks_wrong_removes_nothing);
  return g_test_run ();
}
