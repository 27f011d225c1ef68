/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/letter-json.h"

#include "letter/letter-json-private.h"
#include "letter/letter-words-private.h"

static void
write_addressee (JsonBuilder *builder, const AccAddressee *to)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, to->name);
  json_builder_set_member_name (builder, "called");
  json_builder_add_string_value (builder, to->called);
  json_builder_set_member_name (builder, "department");
  json_builder_add_string_value (builder, to->department);
  json_builder_set_member_name (builder, "reached");
  json_builder_add_string_value (builder, acc_reached_words[to->reached]);
  json_builder_end_object (builder);
}

static void
write_strokes (JsonBuilder *builder, const AccSignature *signature)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < acc_signature_get_n_strokes (signature); i++)
    {
      guint n;
      const AccPoint *points = acc_signature_get_stroke (signature, i, &n);

      json_builder_begin_array (builder);
      for (guint j = 0; j < n; j++)
        {
          json_builder_begin_array (builder);
          json_builder_add_double_value (builder, (double) points[j].x);
          json_builder_add_double_value (builder, (double) points[j].y);
          json_builder_add_int_value (builder, points[j].ms);
          json_builder_end_array (builder);
        }
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static void
write_signature (JsonBuilder *builder, const AccSignature *signature)
{
  AccSignatureKind kind = acc_signature_get_kind (signature);

  json_builder_set_member_name (builder, "signature");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, acc_signature_words[kind]);
  if (kind == ACC_SIGNATURE_STROKES)
    write_strokes (builder, signature);
  else
    json_builder_add_string_value (builder, acc_signature_get_text (signature));
  json_builder_end_object (builder);
}

static void
write_author (JsonBuilder *builder, const AccAuthor *from)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, from->name);
  if (from->signature != NULL)
    write_signature (builder, from->signature);
  json_builder_end_object (builder);
}

static void
write_people (JsonBuilder *builder, const AccLetterFields *fields)
{
  json_builder_set_member_name (builder, "to");
  json_builder_begin_array (builder);
  for (guint i = 0; i < fields->n_to; i++)
    write_addressee (builder, &fields->to[i]);
  json_builder_end_array (builder);
}

static void
write_words (JsonBuilder *builder, const AccLetterFields *fields)
{
  json_builder_set_member_name (builder, "story");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "need");
  json_builder_add_string_value (builder, fields->need);
  json_builder_set_member_name (builder, "act");
  json_builder_add_string_value (builder, fields->act);
  json_builder_set_member_name (builder, "difference");
  json_builder_add_string_value (builder, fields->difference);
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "banker");
  if (!fields->thanks_banker)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, fields->banker_name);
  json_builder_set_member_name (builder, "words");
  json_builder_add_string_value (builder, fields->banker_words);
  json_builder_end_object (builder);
}

static void
write_authors (JsonBuilder *builder, const AccLetterFields *fields)
{
  json_builder_set_member_name (builder, "from");
  json_builder_begin_array (builder);
  for (guint i = 0; i < fields->n_from; i++)
    write_author (builder, &fields->from[i]);
  json_builder_end_array (builder);
}

static void
write_consent (JsonBuilder *builder, const AccLetterFields *fields)
{
  json_builder_set_member_name (builder, "consent");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, fields->consent_version);
  json_builder_set_member_name (builder, "file");
  json_builder_add_boolean_value (builder, fields->consent_file);
  json_builder_set_member_name (builder, "share");
  json_builder_add_boolean_value (builder, fields->consent_share);
  json_builder_set_member_name (builder, "contact");
  json_builder_add_string_value (builder, fields->consent_contact);
  json_builder_end_object (builder);
}

static void
write_fields (JsonBuilder *builder, const AccLetterFields *fields)
{
  json_builder_set_member_name (builder, "format");
  json_builder_add_int_value (builder, ACC_LETTER_FORMAT);
  write_people (builder, fields);
  write_words (builder, fields);
  write_authors (builder, fields);
  write_consent (builder, fields);
  json_builder_set_member_name (builder, "asked_by_staff");
  json_builder_add_string_value (builder, acc_asked_words[fields->asked_by_staff]);
  json_builder_set_member_name (builder, "apart");
  json_builder_add_string_value (builder, fields->apart);
  json_builder_set_member_name (builder, "served_on");
  json_builder_add_string_value (builder, fields->served_on);
  json_builder_set_member_name (builder, "date");
  json_builder_add_string_value (builder, fields->date);
  json_builder_set_member_name (builder, "language");
  json_builder_add_string_value (builder, fields->language);
  json_builder_set_member_name (builder, "paper");
  json_builder_add_string_value (builder, acc_paper_words[fields->paper]);
}

JsonNode *
acc_letter_to_json_node (AccLetter *letter)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  g_return_val_if_fail (ACC_IS_LETTER (letter) && !acc_letter_is_sketch (letter), NULL);

  json_builder_begin_object (builder);
  write_fields (builder, acc_letter_get_fields (letter));
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

JsonNode *
acc_letter_answers_to_json_node (const AccLetterAnswers *answers)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  g_return_val_if_fail (answers != NULL, NULL);

  json_builder_begin_object (builder);
  write_fields (builder, &answers->fields);
  json_builder_set_member_name (builder, "first_name_only");
  json_builder_add_boolean_value (builder, answers->first_name_only);
  json_builder_set_member_name (builder, "one_piece");
  json_builder_add_boolean_value (builder, answers->one_piece);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

GBytes *
acc_letter_to_json (AccLetter *letter)
{
  g_autoptr (JsonNode) node = acc_letter_to_json_node (letter);
  char *text;

  g_return_val_if_fail (node != NULL, NULL);

  text = json_to_string (node, FALSE);
  return g_bytes_new_take (text, strlen (text));
}
