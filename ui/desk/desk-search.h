/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session's two verbs for the queue: reading it in parts, and searching it. Each has a synchronous body, and an
 * asynchronous pair for the main thread. */
#pragma once

#include "archive/queue-reader.h"
#include "desk/desk-session.h"

G_BEGIN_DECLS

/* The next part of the queue, with the reason why each held letter is held. The store's thread. */
AccQueuePart *acc_desk_session_read_queue (AccDeskSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void acc_desk_session_read_queue_async (AccDeskSession *self, GAsyncReadyCallback callback, gpointer data);
AccQueuePart *acc_desk_session_read_queue_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* What was asked for, what fits, best first (of AccSearchFound), and whether more does. */
typedef struct {
  AccSearchQuestion *question;
  GPtrArray *letters;
  gboolean more;
} AccDeskFound;
void acc_desk_found_free (AccDeskFound *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccDeskFound, acc_desk_found_free)

/* On a thread of its own, so that nobody waits for the stores. Cancel the question before, so that nobody waits for that
 * either. */
AccDeskFound *acc_desk_session_search (AccDeskSession *self, AccSearchQuestion *question, GCancellable *cancellable,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Blocks until the question asked last has its answer, but not longer than @most microseconds. The callback is still called
 * by the main loop: next of all, before it paints. Thus a quick answer is in the frame that shows the key, where it would
 * be a frame late, and another frame to paint, as soon as the loop had a moment before it came. Main thread. */
void acc_desk_session_await_search (AccDeskSession *self, gint64 most);
void acc_desk_session_search_async (AccDeskSession *self, AccSearchQuestion *question, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
AccDeskFound *acc_desk_session_search_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
