namespace Billing.Domain.Retainers;

/// <summary>What a retainer calls for by itself.</summary>
/// <param name="Mode">One of <see cref="RequestMode.Automatic"/>.</param>
/// <param name="IsBlock">The next block; else a top-up.</param>
/// <param name="Occasion">Tells one occasion from the next, so that each is met once.</param>
public sealed record RetainerRequest(string Mode, bool IsBlock, string Occasion)
{
    /// <summary>Null where nothing is due, where it is asked for by hand, or where it was asked for already. A block calls for the
    /// next one once. A balance below the floor calls for money once until some comes, and the start of a period once in that
    /// period; a request that was discarded is not made again.</summary>
    /// <param name="worked">The account with the work that no invoice bills yet, which uses blocks up.</param>
    /// <param name="invoiced">The account without it, since money is drawn by invoices.</param>
    public static RetainerRequest? Of(RetainerState.Agreed retainer, RetainerAccount worked, RetainerAccount invoiced)
    {
        if (retainer.LastDay is not null || worked.Current?.Period is not { Terms: var terms } period) return null;
        if (terms.Block is { } block)
        {
            // One that is not paid yet counts for nothing until then, and is asked for all the same.
            var isAsked = !retainer.Bought.IsEmpty && !worked.Lots.Exists(lot => lot.LotId == retainer.Bought[^1].LotId);
            return IsAutomatic(block.RequestMode) && !isAsked && worked.IsRebillDue()
                ? new RetainerRequest(block.RequestMode!, true, $"{retainer.Bought[^1].LotId:D}")
                : null;
        }
        if (terms.Evergreen is not { } evergreen || !IsAutomatic(evergreen.RequestMode)) return null;
        var wasAsked = evergreen.Trigger == EvergreenTerms.Interval
            ? retainer.TopUps.Exists(topUp => topUp.RequestedOn >= period.From)
            : retainer.AwaitsTopUp;
        return !wasAsked && invoiced.TopUpDueMinor() > 0
            ? new RetainerRequest(evergreen.RequestMode!, false, FormattableString.Invariant($"{retainer.TopUps.Count}"))
            : null;
    }

    private static bool IsAutomatic(string? mode) => mode is not null && RequestMode.Automatic.Contains(mode);
}
