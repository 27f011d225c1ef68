/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store in a folder of its own, looked at from outside, for the tests of the store. */
#pragma once

#include "base/error.h"
#include "store/store.h"

extern const AccStoreKind test_inbox;
extern const AccStoreKind test_inbox_of_tomorrow; /* its last step is in no bundle */

typedef struct {
  char *folder;
  char *path; /* where a store may be made; nothing is there yet */
} TestPlace;

void test_place_init (TestPlace *place);
void test_place_clear (TestPlace *place);

/* All of these must succeed. */
void test_store_create (const char *path);
AccStore *test_store_open (const char *path, AccStoreMode mode) G_GNUC_WARN_UNUSED_RESULT;
void test_store_execute (AccStore *store, const char *sql);
gint64 test_store_count (AccStore *store, const char *sql);
GByteArray *test_read_bytes (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void test_write_bytes (const char *path, gconstpointer bytes, gsize size);

/* Every name in @folder with its kind and SHA-256: equal before and after means that nothing was touched. */
char *test_look_at (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

/* Runs @body in a process of its own; what it returns is its exit status. Killed: minus the signal. */
int test_in_a_child (int (*body) (gpointer data), gpointer data);

/* An error as an exit status. */
#define TEST_STATUS_FINE 0
#define TEST_STATUS_OF(code) ((code) + 1)
int test_status_of (const GError *error);
