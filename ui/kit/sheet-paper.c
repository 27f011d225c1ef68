/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/sheet-paper.h"

#include <math.h>

#define PAGE_GAP 24       /* pixels between two pages */
#define NATURAL_WIDTH 700 /* pixels, where nobody says how wide */
#define TINT_AROUND 9.0   /* points that the tint reaches beyond the answer's lines */
#define TINT_ABOVE 4.0
#define CARET_WIDTH 3
#define TYPE_SHARE 0.7 /* of a line's height is the size of its type */
/* Points of a side margin that are shown: on paper it is wider, here the words shall be larger. */
#define SIDE_KEPT 46.0
#define EMPTY_WIDTH 612.0 /* US letter, for a sheet without pages */
#define EMPTY_HEIGHT 792.0

struct _AccSheetPaper {
  GtkWidget parent_instance;

  AccPages *pages;
  double cropped;    /* points of each side margin that are not shown */
  GPtrArray *leaves; /* GtkWidget, one a page: the white paper and its shadow */
  GPtrArray *tints;  /* GtkWidget, one a page */
  GPtrArray *nodes;  /* GskRenderNode, one for each of the pages' pieces, NULL until drawn */
  double nodes_scale;

  AccField field;
  guint index;

  GtkWidget *holder; /* keeps the unseen view within its area however long its text */
  GtkWidget *caret;
  GtkWidget *preedit;
  gsize cursor, bound;
  gsize mark_start, mark_end;
  gboolean caret_shown;
};

G_DEFINE_FINAL_TYPE (AccSheetPaper, acc_sheet_paper, GTK_TYPE_WIDGET)

static void
free_node (gpointer node)
{
  if (node != NULL)
    gsk_render_node_unref (node);
}

static guint
count_pages (AccSheetPaper *self)
{
  return self->pages != NULL ? acc_pages_get_count (self->pages) : 1;
}

static double
page_width (AccSheetPaper *self)
{
  return self->pages != NULL ? acc_pages_get_width (self->pages) : EMPTY_WIDTH;
}

static double
page_height (AccSheetPaper *self)
{
  return self->pages != NULL ? acc_pages_get_height (self->pages) : EMPTY_HEIGHT;
}

/* The text's column is the same on every page; any answer tells where it lies. */
static double
find_cropped (AccPages *pages)
{
  for (guint page = 0; pages != NULL && page < acc_pages_get_count (pages); page++)
    for (AccField field = ACC_FIELD_TO_NAME; field < ACC_FIELD_N; field++)
      {
        AccArea area;

        if (acc_pages_find_area (pages, field, 0, page, &area))
          return MAX (MIN (area.x, acc_pages_get_width (pages) - area.x - area.width) - SIDE_KEPT, 0);
      }
  return 0;
}

/* Pixels a point, for a paper of @width pixels. */
static double
scale_for (AccSheetPaper *self, int width)
{
  return MAX (width, 1) / (page_width (self) - 2 * self->cropped);
}

static double
current_scale (AccSheetPaper *self)
{
  return scale_for (self, gtk_widget_get_width (GTK_WIDGET (self)));
}

static double
page_top (AccSheetPaper *self, guint page, double scale)
{
  return page * (ceil (page_height (self) * scale) + PAGE_GAP);
}

static guint
count_pieces (AccPages *pages)
{
  return pages != NULL ? acc_pages_get_n_pieces (pages) : 0;
}

static void
clear_nodes (AccSheetPaper *self)
{
  g_ptr_array_set_size (self->nodes, 0);
  g_ptr_array_set_size (self->nodes, count_pieces (self->pages));
}

/* The piece of @before that looks as @piece of @pages does; as a rule it has the number @likely. */
static guint
find_same_piece (AccPages *pages, guint piece, AccPages *before, guint likely)
{
  guint n = count_pieces (before);

  for (guint i = 0; i < n; i++)
    if (acc_pages_is_same_piece (pages, piece, before, (likely + i) % n))
      return (likely + i) % n;
  return G_MAXUINT;
}

/* What looks as it did keeps its node: GSK paints anew only where two frames' nodes differ. */
static void
take_over_nodes (AccSheetPaper *self, AccPages *before)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->nodes);
  guint likely = 0;

  self->nodes = g_ptr_array_new_with_free_func (free_node);
  clear_nodes (self);
  for (guint piece = 0; piece < self->nodes->len; piece++)
    {
      guint same = find_same_piece (self->pages, piece, before, likely);

      if (same == G_MAXUINT)
        continue;
      self->nodes->pdata[piece] = g_steal_pointer (&old->pdata[same]);
      likely = same + 1;
    }
}

static GtkWidget *
add_part (AccSheetPaper *self, const char *class)
{
  GtkWidget *part
    = g_object_new (GTK_TYPE_BOX, "can-target", FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (part, class);
  gtk_widget_set_parent (part, GTK_WIDGET (self));
  return part;
}

/* One leaf and one tint for each page, kept from one keystroke to the next. */
static void
match_parts (AccSheetPaper *self)
{
  guint n = count_pages (self);

  while (self->leaves->len < n)
    {
      g_ptr_array_add (self->leaves, add_part (self, "sheet-page"));
      g_ptr_array_add (self->tints, add_part (self, "sheet-tint"));
    }
  g_ptr_array_set_size (self->leaves, n);
  g_ptr_array_set_size (self->tints, n);
}

/* The bar at the tint's side stands where the lines of the letter's language begin, whatever the kiosk's is. */
static void
turn_tints (AccSheetPaper *self)
{
  gboolean from_right = self->pages != NULL
                        && acc_composition_is_right_to_left (acc_pages_get_composition (self->pages));

  for (guint i = 0; i < self->tints->len; i++)
    if (from_right)
      gtk_widget_add_css_class (g_ptr_array_index (self->tints, i), "from-right");
    else
      gtk_widget_remove_css_class (g_ptr_array_index (self->tints, i), "from-right");
}

void
acc_sheet_paper_place_area (AccSheetPaper *self, guint page, const AccArea *area, graphene_rect_t *place)
{
  double scale = current_scale (self);

  graphene_rect_init (place, (area->x - self->cropped) * scale, page_top (self, page, scale) + area->y * scale,
                      area->width * scale, area->height * scale);
}

static gboolean
find_caret (AccSheetPaper *self, gsize byte, guint *page, AccArea *caret)
{
  return self->pages != NULL && self->field != ACC_FIELD_NONE
         && acc_pages_find_caret (self->pages, self->field, self->index, byte, page, caret);
}

gboolean
acc_sheet_paper_find_focus (AccSheetPaper *self, gboolean at_caret, graphene_rect_t *place)
{
  AccArea area;
  guint page;

  if (self->pages == NULL || self->field == ACC_FIELD_NONE)
    return FALSE;
  if (at_caret && find_caret (self, self->cursor, &page, &area))
    {
      acc_sheet_paper_place_area (self, page, &area, place);
      return TRUE;
    }
  for (page = 0; page < count_pages (self); page++)
    if (acc_pages_find_area (self->pages, self->field, self->index, page, &area))
      {
        acc_sheet_paper_place_area (self, page, &area, place);
        return TRUE;
      }
  return FALSE;
}

gboolean
acc_sheet_paper_find_point (AccSheetPaper *self, double x, double y, guint *page, graphene_point_t *point)
{
  double scale = current_scale (self);
  double step = page_top (self, 1, scale);
  double top;

  if (self->pages == NULL || y < 0)
    return FALSE;
  *page = MIN ((guint) (y / step), count_pages (self) - 1);
  top = page_top (self, *page, scale);
  graphene_point_init (point, x / scale + self->cropped, (y - top) / scale);
  return point->y <= page_height (self);
}

static GtkSizeRequestMode
acc_sheet_paper_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
acc_sheet_paper_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  AccSheetPaper *self = ACC_SHEET_PAPER (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 1;
      *natural = NATURAL_WIDTH;
    }
  else
    {
      double scale = scale_for (self, for_size < 0 ? NATURAL_WIDTH : for_size);

      *minimum = *natural = (int) ceil (page_top (self, count_pages (self), scale) - PAGE_GAP);
    }
}

/* A child laid at a place, at least as large as it must be. */
static void
allocate_at (GtkWidget *child, const graphene_rect_t *place)
{
  int min_width, min_height;
  GtkAllocation allocation;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  allocation.width = MAX (min_width, (int) ceil (place->size.width));
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, allocation.width, &min_height, NULL, NULL, NULL);
  allocation.height = MAX (min_height, (int) ceil (place->size.height));
  allocation.x = (int) floor (place->origin.x);
  allocation.y = (int) floor (place->origin.y);
  gtk_widget_size_allocate (child, &allocation, -1);
}

static void
allocate_pages (AccSheetPaper *self, int width)
{
  double scale = scale_for (self, width);

  for (guint page = 0; page < self->leaves->len; page++)
    {
      GtkWidget *tint = g_ptr_array_index (self->tints, page);
      graphene_rect_t place;
      AccArea area;
      gboolean tinted = self->pages != NULL && self->field != ACC_FIELD_NONE
                        && acc_pages_find_area (self->pages, self->field, self->index, page, &area);

      graphene_rect_init (&place, 0, page_top (self, page, scale), width, page_height (self) * scale);
      allocate_at (g_ptr_array_index (self->leaves, page), &place);
      gtk_widget_set_child_visible (tint, tinted);
      if (!tinted)
        continue;
      acc_sheet_paper_place_area (self, page, &area, &place);
      graphene_rect_inset (&place, -TINT_AROUND * scale, -TINT_ABOVE * scale);
      allocate_at (tint, &place);
    }
}

/* The unseen view lies over the answer's part on the caret's page, so that an input method's window opens there. */
static void
allocate_view (AccSheetPaper *self, gboolean found, guint page, const graphene_rect_t *caret)
{
  graphene_rect_t place = GRAPHENE_RECT_INIT (0, 0, 1, 1);
  AccArea area;

  if (self->holder == NULL)
    return;
  if (found && acc_pages_find_area (self->pages, self->field, self->index, page, &area))
    acc_sheet_paper_place_area (self, page, &area, &place);
  else if (found)
    place = *caret;
  allocate_at (self->holder, &place);
}

/* The line of the answer that the caret stands on. */
static gboolean
find_line (AccSheetPaper *self, guint page, const AccArea *caret, AccLine *line)
{
  for (guint i = 0; i < acc_pages_get_n_lines (self->pages); i++)
    {
      acc_pages_get_line (self->pages, i, line);
      if (line->page == page && line->field == self->field && line->index == self->index && line->area.y == caret->y)
        return TRUE;
    }
  return FALSE;
}

/* On the line's baseline and after what stands before the caret, as far as the paper is wide. */
static void
allocate_preedit (AccSheetPaper *self, const AccLine *line, double x)
{
  const AccArea baseline = { 0, line->baseline, 0, 0 };
  GtkAllocation allocation;
  graphene_rect_t place;
  int above;

  gtk_widget_measure (self->preedit, GTK_ORIENTATION_HORIZONTAL, -1, &allocation.width, NULL, NULL, NULL);
  gtk_widget_measure (self->preedit, GTK_ORIENTATION_VERTICAL, -1, &allocation.height, NULL, &above, NULL);
  acc_sheet_paper_place_area (self, line->page, &baseline, &place);
  allocation.x = (int) floor (line->from_right ? x - allocation.width : x);
  allocation.x = MAX (MIN (allocation.x, gtk_widget_get_width (GTK_WIDGET (self)) - allocation.width), 0);
  allocation.y = (int) round (place.origin.y) - above;
  gtk_widget_size_allocate (self->preedit, &allocation, -1);
}

static void
allocate_caret (AccSheetPaper *self)
{
  graphene_rect_t place = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  AccArea caret;
  guint page = 0;
  gboolean found = self->holder != NULL && find_caret (self, self->cursor, &page, &caret);
  gboolean composing = found && *gtk_label_get_text (GTK_LABEL (self->preedit)) != '\0';
  AccLine line;

  if (found)
    acc_sheet_paper_place_area (self, page, &caret, &place);
  allocate_view (self, found, page, &place);
  gtk_widget_set_child_visible (self->caret, found && self->caret_shown && !composing);
  gtk_widget_set_child_visible (self->preedit, composing);
  if (composing && find_line (self, page, &caret, &line))
    allocate_preedit (self, &line, place.origin.x);
  else if (found)
    {
      place.size.width = CARET_WIDTH;
      allocate_at (self->caret, &place);
    }
}

static void
acc_sheet_paper_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AccSheetPaper *self = ACC_SHEET_PAPER (widget);

  allocate_pages (self, width);
  allocate_caret (self);
}

/* A band behind the answer's letters from byte @start to before byte @end. */
static void
snapshot_band (AccSheetPaper *self, GtkSnapshot *snapshot, gsize start, gsize end, const GdkRGBA *colour)
{
  g_autoptr (GArray) stretches = NULL;

  if (self->pages == NULL || start == end)
    return;
  stretches = acc_pages_find_stretches (self->pages, self->field, self->index, start, end);
  for (guint i = 0; i < stretches->len; i++)
    {
      const AccStretch *stretch = &g_array_index (stretches, AccStretch, i);
      graphene_rect_t place;

      acc_sheet_paper_place_area (self, stretch->page, &stretch->area, &place);
      gtk_snapshot_append_color (snapshot, colour, &place);
    }
}

/* The sheet is paper in every look of the window: these lie on white. */
static void
snapshot_bands (AccSheetPaper *self, GtkSnapshot *snapshot)
{
  static const GdkRGBA selected = { 0.04f, 0.31f, 0.34f, 0.22f }, marked = { 0.54f, 0.11f, 0.11f, 0.24f };

  snapshot_band (self, snapshot, self->mark_start, self->mark_end, &marked);
  if (self->holder != NULL)
    snapshot_band (self, snapshot, MIN (self->cursor, self->bound), MAX (self->cursor, self->bound), &selected);
}

/* The whole pixels that the piece's ink may touch, from the page's corner. */
static graphene_rect_t
find_pixels (AccSheetPaper *self, const AccPiece *piece, double scale)
{
  graphene_rect_t pixels = GRAPHENE_RECT_INIT ((float) (piece->ink.x - self->cropped), (float) piece->ink.y,
                                               (float) piece->ink.width, (float) piece->ink.height);

  graphene_rect_scale (&pixels, (float) scale, (float) scale, &pixels);
  graphene_rect_inset (&pixels, -1, -1);
  graphene_rect_round_extents (&pixels, &pixels);
  return pixels;
}

/* On whole pixels, from the piece's own corner: cairo 1.16 writes a recording that begins elsewhere wrongly into an
 * SVG, which is how the tests see the paper. */
static GskRenderNode *
draw_piece (AccSheetPaper *self, guint number, double scale)
{
  g_autoptr (GskRenderNode) drawn = NULL;
  g_autoptr (GskTransform) place = NULL;
  graphene_rect_t pixels, bounds;
  AccPiece piece;
  cairo_t *cr;

  acc_pages_get_piece (self->pages, number, &piece);
  if (piece.ink.width == 0)
    return NULL;
  pixels = find_pixels (self, &piece, scale);
  graphene_rect_init (&bounds, 0, 0, pixels.size.width, pixels.size.height);
  drawn = gsk_cairo_node_new (&bounds);
  cr = gsk_cairo_node_get_draw_context (drawn);
  cairo_translate (cr, -pixels.origin.x, -pixels.origin.y);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -self->cropped, 0);
  acc_pages_draw_piece (self->pages, number, cr);
  cairo_destroy (cr);
  pixels.origin.y += (float) floor (page_top (self, piece.page, scale));
  place = gsk_transform_translate (NULL, &pixels.origin);
  return gsk_transform_node_new (drawn, place);
}

/* A piece is drawn once as long as it looks the same at the same size; then only the kept node is put out again. */
static void
snapshot_text (AccSheetPaper *self, GtkSnapshot *snapshot)
{
  double scale = current_scale (self);

  if (self->nodes_scale != scale)
    clear_nodes (self);
  self->nodes_scale = scale;
  for (guint i = 0; i < self->nodes->len; i++)
    {
      if (self->nodes->pdata[i] == NULL)
        self->nodes->pdata[i] = draw_piece (self, i, scale);
      if (self->nodes->pdata[i] != NULL)
        gtk_snapshot_append_node (snapshot, self->nodes->pdata[i]);
    }
}

static void
acc_sheet_paper_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  AccSheetPaper *self = ACC_SHEET_PAPER (widget);

  for (guint i = 0; i < self->leaves->len; i++)
    gtk_widget_snapshot_child (widget, g_ptr_array_index (self->leaves, i), snapshot);
  for (guint i = 0; i < self->tints->len; i++)
    gtk_widget_snapshot_child (widget, g_ptr_array_index (self->tints, i), snapshot);
  snapshot_bands (self, snapshot);
  snapshot_text (self, snapshot);
  gtk_widget_snapshot_child (widget, self->caret, snapshot);
  gtk_widget_snapshot_child (widget, self->preedit, snapshot);
  if (self->holder != NULL)
    gtk_widget_snapshot_child (widget, self->holder, snapshot);
}

static void
acc_sheet_paper_dispose (GObject *object)
{
  AccSheetPaper *self = ACC_SHEET_PAPER (object);

  acc_sheet_paper_set_view (self, NULL);
  g_ptr_array_set_size (self->leaves, 0);
  g_ptr_array_set_size (self->tints, 0);
  g_clear_pointer (&self->caret, gtk_widget_unparent);
  g_clear_pointer (&self->preedit, gtk_widget_unparent);
  G_OBJECT_CLASS (acc_sheet_paper_parent_class)->dispose (object);
}

static void
acc_sheet_paper_finalize (GObject *object)
{
  AccSheetPaper *self = ACC_SHEET_PAPER (object);

  g_clear_object (&self->pages);
  g_ptr_array_unref (self->leaves);
  g_ptr_array_unref (self->tints);
  g_ptr_array_unref (self->nodes);
  G_OBJECT_CLASS (acc_sheet_paper_parent_class)->finalize (object);
}

static void
acc_sheet_paper_class_init (AccSheetPaperClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = acc_sheet_paper_dispose;
  object_class->finalize = acc_sheet_paper_finalize;
  widget_class->get_request_mode = acc_sheet_paper_get_request_mode;
  widget_class->measure = acc_sheet_paper_measure;
  widget_class->size_allocate = acc_sheet_paper_size_allocate;
  widget_class->snapshot = acc_sheet_paper_snapshot;
  gtk_widget_class_set_css_name (widget_class, "sheetpaper");
}

static void
acc_sheet_paper_init (AccSheetPaper *self)
{
  self->leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  self->tints = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  self->nodes = g_ptr_array_new_with_free_func (free_node);
  self->caret = add_part (self, "sheet-caret");
  self->preedit = g_object_new (GTK_TYPE_LABEL, "can-target", FALSE, "css-classes",
                                (const char *[]){ "sheet-preedit", NULL }, NULL);
  gtk_widget_set_parent (self->preedit, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->caret, FALSE);
  match_parts (self);
  clear_nodes (self);
}

/* Whether the pages lie where those @before them did. */
static gboolean
has_same_shape (AccSheetPaper *self, AccPages *before, double cropped)
{
  return self->pages != NULL && before != NULL && cropped == self->cropped
         && acc_pages_get_count (self->pages) == acc_pages_get_count (before)
         && acc_pages_get_width (self->pages) == acc_pages_get_width (before)
         && acc_pages_get_height (self->pages) == acc_pages_get_height (before);
}

void
acc_sheet_paper_set_pages (AccSheetPaper *self, AccPages *pages)
{
  g_autoptr (AccPages) before = NULL;
  double cropped = find_cropped (pages);

  if (self->pages == pages)
    return;
  before = g_steal_pointer (&self->pages);
  g_set_object (&self->pages, pages);
  match_parts (self);
  turn_tints (self);
  if (has_same_shape (self, before, cropped))
    {
      take_over_nodes (self, before);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }
  self->cropped = cropped;
  clear_nodes (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

AccPages *
acc_sheet_paper_get_pages (AccSheetPaper *self)
{
  return self->pages;
}

void
acc_sheet_paper_set_field (AccSheetPaper *self, AccField field, guint index)
{
  self->field = field;
  self->index = index;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
acc_sheet_paper_set_view (AccSheetPaper *self, GtkWidget *view)
{
  if (self->holder != NULL)
    {
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->holder), NULL);
      g_clear_pointer (&self->holder, gtk_widget_unparent);
    }
  if (view != NULL)
    {
      self->holder
        = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_EXTERNAL, "vscrollbar-policy",
                        GTK_POLICY_EXTERNAL, "opacity", 0.0, "can-target", FALSE, "child", view, NULL);
      gtk_widget_set_parent (self->holder, GTK_WIDGET (self));
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
acc_sheet_paper_set_cursor (AccSheetPaper *self, gsize cursor, gsize bound)
{
  self->cursor = cursor;
  self->bound = bound;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
acc_sheet_paper_set_mark (AccSheetPaper *self, gsize start, gsize end)
{
  if (self->mark_start == start && self->mark_end == end)
    return;
  self->mark_start = start;
  self->mark_end = end;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
acc_sheet_paper_show_caret (AccSheetPaper *self, gboolean shown)
{
  if (self->caret_shown == shown)
    return;
  self->caret_shown = shown;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* In letters as large as those of its line. */
static void
size_preedit (AccSheetPaper *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  AccArea caret;
  guint page;

  if (!find_caret (self, self->cursor, &page, &caret))
    return;
  pango_attr_list_insert (attributes, pango_attr_size_new_absolute (
                                        (int) (caret.height * TYPE_SHARE * current_scale (self) * PANGO_SCALE)));
  gtk_label_set_attributes (GTK_LABEL (self->preedit), attributes);
}

void
acc_sheet_paper_set_preedit (AccSheetPaper *self, const char *preedit)
{
  gtk_label_set_text (GTK_LABEL (self->preedit), preedit);
  size_preedit (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
