using System.Runtime.InteropServices;
using HarfBuzzSharp;

namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// Cuts a font down to some of its glyphs with HarfBuzz's subsetter (hb-subset.h), which the native library exports
/// though the managed one has no call for it.
/// </summary>
internal static class FontSubsetter
{
    private const uint NoHinting = 0x1;
    private const uint NoLayoutClosure = 0x200;
    private const int DropTableTags = 3;

    // A font embedded in a PDF is addressed by glyph number; it needs none of the tables for names, characters or
    // shaping.
    private static readonly string[] Dropped =
        ["GSUB", "GPOS", "GDEF", "BASE", "OS/2", "name", "post", "cmap", "STAT", "gasp", "meta", "DSIG", "kern"];

    /// <summary>The smaller font, and where each of the glyphs asked for went in it, in their order.</summary>
    public static (byte[] File, ushort[] NewGlyphs) Subset(Face face, ReadOnlySpan<ushort> glyphs)
    {
        var input = NotNull(hb_subset_input_create_or_fail());
        var plan = IntPtr.Zero;
        var subset = IntPtr.Zero;
        var blob = IntPtr.Zero;
        try
        {
            hb_subset_input_set_flags(input, NoHinting | NoLayoutClosure);
            foreach (var glyph in glyphs) hb_set_add(hb_subset_input_glyph_set(input), glyph);
            var dropped = hb_subset_input_set(input, DropTableTags);
            foreach (var tag in Dropped) hb_set_add(dropped, new Tag(tag[0], tag[1], tag[2], tag[3]));
            plan = NotNull(hb_subset_plan_create_or_fail(face.Handle, input));
            subset = NotNull(hb_subset_plan_execute_or_fail(plan));
            blob = NotNull(hb_face_reference_blob(subset));
            var data = hb_blob_get_data(blob, out var length);
            var file = new byte[length];
            Marshal.Copy(data, file, 0, file.Length);
            return (file, Places(hb_subset_plan_old_to_new_glyph_mapping(plan), glyphs));
        }
        finally
        {
            if (blob != IntPtr.Zero) hb_blob_destroy(blob);
            if (subset != IntPtr.Zero) hb_face_destroy(subset);
            if (plan != IntPtr.Zero) hb_subset_plan_destroy(plan);
            hb_subset_input_destroy(input);
            GC.KeepAlive(face);
        }
    }

    private static ushort[] Places(IntPtr map, ReadOnlySpan<ushort> glyphs)
    {
        var places = new ushort[glyphs.Length];
        for (var i = 0; i < places.Length; i++) places[i] = checked((ushort)hb_map_get(map, glyphs[i]));
        return places;
    }

    private static IntPtr NotNull(IntPtr handle) =>
        handle != IntPtr.Zero ? handle : throw new InvalidOperationException("HarfBuzz could not subset the font.");

    private const string Library = "libHarfBuzzSharp";

    [DllImport(Library)]
    private static extern IntPtr hb_subset_input_create_or_fail();

    [DllImport(Library)]
    private static extern void hb_subset_input_destroy(IntPtr input);

    [DllImport(Library)]
    private static extern void hb_subset_input_set_flags(IntPtr input, uint flags);

    [DllImport(Library)]
    private static extern IntPtr hb_subset_input_glyph_set(IntPtr input);

    [DllImport(Library)]
    private static extern IntPtr hb_subset_input_set(IntPtr input, int which);

    [DllImport(Library)]
    private static extern void hb_set_add(IntPtr set, uint value);

    [DllImport(Library)]
    private static extern IntPtr hb_subset_plan_create_or_fail(IntPtr face, IntPtr input);

    [DllImport(Library)]
    private static extern IntPtr hb_subset_plan_execute_or_fail(IntPtr plan);

    [DllImport(Library)]
    private static extern IntPtr hb_subset_plan_old_to_new_glyph_mapping(IntPtr plan);

    [DllImport(Library)]
    private static extern void hb_subset_plan_destroy(IntPtr plan);

    [DllImport(Library)]
    private static extern uint hb_map_get(IntPtr map, uint key);

    [DllImport(Library)]
    private static extern IntPtr hb_face_reference_blob(IntPtr face);

    [DllImport(Library)]
    private static extern void hb_face_destroy(IntPtr face);

    [DllImport(Library)]
    private static extern IntPtr hb_blob_get_data(IntPtr blob, out uint length);

    [DllImport(Library)]
    private static extern void hb_blob_destroy(IntPtr blob);
}
