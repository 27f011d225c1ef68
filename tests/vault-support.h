/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A branch in a folder of its own, for the tests of the vault. */
#pragma once

#include "store/store.h"
#include "vault/bankers.h"

#define TEST_MANAGER "Ana Held"
#define TEST_PASSPHRASE "correct horse battery"
#define TEST_PEPPER "0123456789abcdef0123456789abcdef"

typedef struct {
  char *folder;
  char *path;
  AccStore *desk;
  GBytes *pepper;
  AccIdentity *manager;
  char *recovery_key;
} TestBranch;

void test_branch_init (TestBranch *branch);
void test_branch_clear (TestBranch *branch);

/* Adds a banker on the manager's authority; must succeed. */
void test_branch_add (TestBranch *branch, const char *name, const char *passphrase);

void test_execute (AccStore *store, const char *sql);
gint64 test_query (AccStore *store, const char *sql);

/* Fails if @canary stands anywhere in the file @path. */
void test_assert_absent (const char *path, const char *canary);

/* A copy of @bytes with bit @bit of byte @offset flipped. */
GBytes *test_flip (GBytes *bytes, gsize offset, int bit) G_GNUC_WARN_UNUSED_RESULT;
