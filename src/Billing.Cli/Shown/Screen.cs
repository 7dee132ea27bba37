using Billing.Cli.Running;
using Spectre.Console;

namespace Billing.Cli.Shown;

/// <summary>Where results are printed. Without a terminal, rows are neither coloured nor wrapped, and have no trailing spaces.</summary>
internal sealed class Screen
{
    private const int WidthOfFiles = 1000;
    private readonly TextWriter _out;
    private readonly bool _isColoured;
    private readonly int _width;

    private Screen(TextWriter output, bool isColoured, int width) => (_out, _isColoured, _width) = (output, isColoured, width);

    public static Screen Of(TextWriter output, Surroundings at) => new(
        output, at.IsTerminal && string.IsNullOrEmpty(at.Variable("NO_COLOR")), at.IsTerminal && at.Width > 0 ? at.Width : WidthOfFiles);

    public void Say(string line) => _out.WriteLine(line);

    /// <param name="none">What is said in place of a table without rows.</param>
    public void Table(IReadOnlyList<Column> columns, IEnumerable<IReadOnlyList<string?>> rows, string none = "Nothing.")
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var column in columns)
        {
            var header = new Text(column.Title, new Style(decoration: Decoration.Bold));
            var shown = new TableColumn(header) { Padding = new Padding(0, 0, 2, 0) };
            if (column.IsWhole) shown.NoWrap();
            table.AddColumn(column.IsAmount ? shown.RightAligned() : shown);
        }
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(Plain(cell))));
        if (table.Rows.Count == 0) Say(none);
        else Write(table);
    }

    /// <summary>What others wrote into a name or a note moves no cursor.</summary>
    public static string Plain(string? text) => string.Concat((text ?? "").Select(c => char.IsControl(c) ? ' ' : c));

    private void Write(Table table)
    {
        using var drawn = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = _isColoured ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = _isColoured ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(drawn),
        });
        console.Profile.Width = _width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(table);
        foreach (var line in drawn.ToString().TrimEnd().Split('\n')) Say(line.TrimEnd());
    }
}

/// <param name="IsWhole">Never broken, however narrow the terminal.</param>
/// <param name="IsAmount">Set to the right.</param>
internal sealed record Column(string Title, bool IsWhole = false, bool IsAmount = false)
{
    public static implicit operator Column(string title) => new(title);

    public static Column Amount(string title) => new(title, IsWhole: true, IsAmount: true);

    public static Column Whole(string title) => new(title, IsWhole: true);
}
