namespace Billing.Tidy.Tests.Source;

/// <summary>A file with its path from the repository's root, written with slashes.</summary>
internal sealed class SourceFile
{
    private static readonly HashSet<string> BinaryEndings = new(
        [".ttf", ".otf", ".pdf", ".png", ".jpg", ".ico", ".icc", ".gz", ".zip", ".db", ".db-wal", ".db-shm"],
        StringComparer.OrdinalIgnoreCase);

    private readonly Lazy<string> _text;
    private readonly Lazy<MaskedCode> _masked;
    private readonly Lazy<MemberList> _members;

    public SourceFile(string path, Func<string> read, long bytes)
    {
        Path = path;
        Bytes = bytes;
        _text = new Lazy<string>(read);
        _masked = new Lazy<MaskedCode>(() => MaskedCode.Of(Text));
        _members = new Lazy<MemberList>(() => MemberList.Of(Code));
    }

    public SourceFile(string path, string text) : this(path, () => text, text.Length) { }

    public string Path { get; }

    public long Bytes { get; }

    public string Text => _text.Value;

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Path of the folder; empty at the root.</summary>
    public string Folder => Path.LastIndexOf('/') is > 0 and var slash ? Path[..slash] : "";

    public bool IsCode => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsText => !BinaryEndings.Contains(System.IO.Path.GetExtension(Path));

    /// <summary>The text with comments blanked and literals filled with underscores; every offset and line stays.</summary>
    public string Code => _masked.Value.Code;

    public IReadOnlyList<Comment> Comments => _masked.Value.Comments;

    public IReadOnlyList<DeclaredType> Types => _members.Value.Types;

    public IReadOnlyList<DeclaredMember> Members => _members.Value.Members;

    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    public bool IsIn(params ReadOnlySpan<string> folders)
    {
        foreach (var folder in folders)
            if (Path.StartsWith(folder + "/", StringComparison.Ordinal)) return true;
        return false;
    }

    public Finding At(int offset, string what) => new(Path, LineOf(Text, offset), what);

    public Finding AtLine(int line, string what) => new(Path, line, what);

    public static int LineOf(string text, int offset) => text.AsSpan(0, offset).Count('\n') + 1;
}

/// <param name="Line">From 1.</param>
internal sealed record Finding(string Path, int Line, string What)
{
    public override string ToString() => $"{Path}:{Line}: {What}";

    /// <summary>Fails with every finding, a line each.</summary>
    public static void AssertNone(IEnumerable<Finding> findings)
    {
        var all = findings.OrderBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.Line).ToList();
        if (all.Count > 0) Assert.Fail($"{all.Count} to tidy up:\n{string.Join('\n', all)}");
    }
}
