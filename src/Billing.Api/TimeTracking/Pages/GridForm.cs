using System.Globalization;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Domain.TimeTracking;
using Billing.Projections.TimeTracking;
using NodaTime;

namespace Billing.Api.TimeTracking.Pages;

/// <summary>
/// The grid as it was sent. A field's name says which cell it is and what stood in it, so that only what was typed over is written, and
/// what somebody else has changed meanwhile is seen.
/// </summary>
public sealed class GridForm
{
    private const string NewRow = "new";
    private readonly List<Typed> _changed = [];

    /// <summary>What was typed, by cell, so that it is shown again.</summary>
    public Dictionary<(Guid Engagement, LocalDate Day), string> Said { get; } = [];

    /// <summary>What is wrong with a cell.</summary>
    public Dictionary<(Guid Engagement, LocalDate Day), PageRefusal> Faults { get; } = [];

    /// <summary>The engagement that was chosen for a row of its own; null for none.</summary>
    public Guid? Added { get; private init; }

    /// <summary>What holds of no single cell.</summary>
    public PageRefusal? Problem { get; private set; }

    public static string NameOf(GridField cell) => string.Create(
        CultureInfo.InvariantCulture, $"c.{cell.EngagementId:N}.{TimePaths.Iso(cell.Day)}.{cell.Seconds}");

    public static string NameOfNew(LocalDate day) => $"{NewRow}.{TimePaths.Iso(day)}";

    public static GridForm Read(PageForm form)
    {
        var grid = new GridForm { Added = form.Id(NewRow) };
        foreach (var (name, value) in form.Fields())
        {
            var parts = name.Split('.');
            if (parts is ["c", var engagement, var text, var before]
                && Guid.TryParseExact(engagement, "N", out var id) && Days.TryParse(text, out var day)
                && long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var was))
            {
                grid.Take(new Cell(id, day), was, value.Trim());
            }
            else if (parts is [NewRow, var written] && value.Trim().Length > 0 && Days.TryParse(written, out var on))
            {
                if (grid.Added is { } added) grid.Take(new Cell(added, on), 0, value.Trim());
                else grid.Problem = PageRefusal.LeftEmpty;
            }
        }
        return grid;
    }

    /// <summary>Writes all that was typed over, or nothing.</summary>
    public async ValueTask<bool> Save(PageForm form, QueryCall reads, TimesheetWeek week)
    {
        if (Problem is null && Faults.Count == 0 && _changed.Count > 0)
        {
            var version = 0L;
            var body = new SetGridBody(
                [.. _changed.Select(typed => new GridCellBody(typed.At.Engagement, typed.At.Day, DurationSeconds: typed.Seconds))]);
            Problem = await form.Send(
                "", body,
                call => WeekEndpoints.SetGrid(call) is { } command
                    ? command with { Context = command.Context with { IfMatch = version } }
                    : null,
                () =>
                {
                    var now = reads.Service<TimeQueries>().Week(reads.Book, week);
                    version = now.Version;
                    return FindConflicts(now);
                });
            foreach (var part in Problem?.Parts ?? []) Note(part);
        }
        else if (Faults.Count > 0)
        {
            Problem ??= new PageRefusal("grid-refused");
        }
        return Problem is null;
    }

    /// <summary>What a cell holds now that it did not hold when the page was made, unless it is what was typed.</summary>
    private PageRefusal? FindConflicts(WeekView now)
    {
        Faults.Clear();
        foreach (var typed in _changed)
        {
            var seconds = now.Entries.Where(entry => entry.EngagementId == typed.At.Engagement && entry.WorkedOn == typed.At.Day)
                .Sum(entry => entry.DurationSeconds);
            if (seconds != typed.Was && seconds != typed.Seconds) Faults[typed.At.Key] = PageRefusal.ChangedMeanwhile;
        }
        return Faults.Count == 0 ? null : PageRefusal.ChangedMeanwhile;
    }

    private void Take(Cell at, long was, string text)
    {
        Said[at.Key] = text;
        // What is shown leaves seconds out, so what was left alone is told by its text.
        if (text == GridField.TextOf(was)) return;
        var seconds = 0L;
        if (text.Length > 0 && DurationText.Read(PageForm.WithPoint(text)!, "", out seconds) is { } unreadable)
            Faults[at.Key] = PageRefusal.Of(unreadable);
        else if (seconds != was)
            _changed.Add(new Typed(at, was, seconds));
    }

    /// <summary>A part of a refusal points to its cell as <c>/cells/3</c>.</summary>
    private void Note(PageRefusal part)
    {
        if (part.Field?.Split('/') is ["", "cells", var index, ..]
            && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < _changed.Count)
            Faults[_changed[i].At.Key] = part;
    }

    private readonly record struct Cell(Guid Engagement, LocalDate Day)
    {
        public (Guid, LocalDate) Key => (Engagement, Day);
    }

    private sealed record Typed(Cell At, long Was, long Seconds);
}
