/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where passages of a letter stand on its pages, for scripts that poppler does not read back in order: from the same letter
 * typeset anew on the paper's thread. The same letter gives the same bytes, so its places count where the bytes do. Results
 * arrive in the main context only. */
#pragma once

#include "desk/desk-session.h"
#include "letter/passages.h"

G_BEGIN_DECLS

typedef struct {
  AccDeskLetter *letter;
  GBytes *pdf;          /* as it is shown */
  gboolean large_print; /* which edition that is; nothing has been taken out of it */
  GArray *passages;     /* AccPassage */
} AccDeskPlaces;

/* Takes references to what @places names. */
void acc_desk_session_find_places_async (AccDeskSession *self, const AccDeskPlaces *places, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data);

/* For each passage a GArray of AccStretch. ACC_ERROR_NOT_FOUND where the letter is typeset otherwise today. */
GPtrArray *acc_desk_session_find_places_finish (AccDeskSession *self, GAsyncResult *result,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
