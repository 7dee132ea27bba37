using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents.Layout;

/// <summary>The look that all documents share: one accent colour, two weights, a few sizes.</summary>
internal sealed class Theme
{
    public Theme(Colour accent)
    {
        Accent = accent.ReadableOnWhite();
        Title = new TextStyle(FontLibrary.Bold, 24, Accent);
        SmallTitle = new TextStyle(FontLibrary.Bold, 17, Accent);
        Figure = new TextStyle(FontLibrary.Bold, 20, Ink);
        SubHeading = new TextStyle(FontLibrary.Bold, 9.5, Accent);
        Link = new TextStyle(FontLibrary.Bold, 8, Accent);
    }

    public Colour Accent { get; }

    /// <summary>The accent as a ground to print on.</summary>
    public Colour Ground => Accent.Tint(0.07);

    public Colour Ink { get; } = new(0x1A, 0x20, 0x2C);
    public Colour Muted { get; } = new(0x5B, 0x65, 0x75);
    public Colour Rule { get; } = new(0xB4, 0xBC, 0xC8);
    public Colour Faint { get; } = new(0xE3, 0xE7, 0xEC);

    public TextStyle Title { get; }
    public TextStyle SmallTitle { get; }
    public TextStyle Figure { get; }
    public TextStyle SubHeading { get; }
    public TextStyle Link { get; }
    public TextStyle Name => field ??= new TextStyle(FontLibrary.Bold, 13, Ink);
    public TextStyle Heading => field ??= new TextStyle(FontLibrary.Bold, 12.5, Ink);
    public TextStyle Body => field ??= new TextStyle(FontLibrary.Regular, 9, Ink);
    public TextStyle Strong => field ??= new TextStyle(FontLibrary.Bold, 9, Ink);
    public TextStyle Total => field ??= new TextStyle(FontLibrary.Bold, 11, Ink);
    public TextStyle Small => field ??= new TextStyle(FontLibrary.Regular, 8, Muted);
    public TextStyle Label => field ??= new TextStyle(FontLibrary.Bold, 7.5, Muted);
    public TextStyle OnAccent => field ??= new TextStyle(FontLibrary.Bold, 10, Colour.White);

    /// <summary>A mark such as VOID, which must not be overlooked.</summary>
    public TextStyle Mark => field ??= new TextStyle(FontLibrary.Bold, 11, new Colour(0xB4, 0x23, 0x18));
}
