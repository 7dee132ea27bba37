using Billing.Domain.Retainers;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Retainers;

/// <summary>How each retainer stands at the end of a day by what was invoiced; quantities are hours where it counts hours.</summary>
public static class RetainerAccountsReport
{
    public const string Name = "retainer-accounts";

    public static Report Of(PracticeBook book, LocalDate from, LocalDate to, Guid? client = null) => new(
        Name, from, to,
        [
            .. book.Retainers.Values.OfType<RetainerState.Agreed>().Where(retainer => retainer.ClientId.IsOf(client))
                .OrderBy(retainer => retainer.ClientId).ThenBy(retainer => retainer.RetainerId)
                .Select(retainer => Row(retainer, to)),
        ]);

    private static ReportRow Row(RetainerState.Agreed retainer, LocalDate day)
    {
        var account = RetainerFacts.Account(retainer, day);
        var unit = retainer.CountsHours ? FigureUnit.Seconds : FigureUnit.Minor;
        var itself = new Thing(ThingKind.Retainer, retainer.RetainerId);
        var current = account.Current;
        Part[] paidIn = [.. PaidIn(retainer, day)], used = [.. Used(account)], earned = retainer.CountsHours ? [] : [.. Earned(account)];
        var left = Left(retainer, account).ToArray();
        var of = paidIn.Concat(used).Concat(earned).Concat(left).Select(part => part.Of).Prepend(itself).Distinct().ToArray();
        var received = Amount("received", account.ReceivedMinor, "What was paid in, less what was paid back.", paidIn);
        var earnedFigure = Amount("earned", account.EarnedMinor(day), "What was used, expired, or earned with time.", earned);
        return AmountRow.Of(retainer.RetainerId, retainer.Name, retainer.Currency,
        [
            Quantity("broughtForward", current?.BroughtForward ?? 0, "Carried into the period that runs from the one before."),
            Quantity("granted", current?.Granted ?? 0, "What the period that runs grants."),
            Quantity("used", current?.Used ?? 0, "What invoices used of it in the period that runs.", used),
            Quantity("left", account.Balance, "What every lot has left that has not expired, less what is carried as owed.", left),
            received, earnedFigure, Unearned(received, earnedFigure, of),
        ]);

        Figure Amount(string column, long minor, string formula, Part[] parts) => AmountRow.Amount(
            column, minor, formula, of, AmountRow.WithRest(minor, new Part(itself, 0, null), parts));

        Figure Quantity(string column, long quantity, string formula, params Part[] parts) =>
            new(column, unit, quantity, formula, of) { Parts = AmountRow.WithRest(quantity, new Part(itself, 0, null), parts) };
    }

    private static Figure Unearned(Figure received, Figure earned, Thing[] of)
    {
        var unearned = Figure.Balance(
            "unearned", "Received − earned, and not below nothing.", of, (StepRole.Plus, received), (StepRole.Minus, earned));
        return unearned.Value >= 0 ? unearned : unearned with
        {
            Value = 0,
            Parts = AmountRow.WithRest(0, new Part(of[0], 0, null), unearned.Parts!),
            Steps = [],
        };
    }

    /// <summary>By the payments of its deposits.</summary>
    private static IEnumerable<Part> PaidIn(RetainerState.Agreed retainer, LocalDate day) => RetainerFacts.Of(retainer)
        .OfType<RetainerFact.Funded>().Where(funded => funded.Day <= day)
        .Select(funded => new Part(PaymentOf(retainer, funded.LotId), funded.AmountMinor, funded.Day));

    /// <summary>By the invoices that used of it in the period that runs.</summary>
    private static IEnumerable<Part> Used(RetainerAccount account) => account.Uses
        .Where(use => account.Current is { } current && use.Day >= current.Period.From && use.How != UseOf.PaidOff)
        .Select(use => new Part(new Thing(ThingKind.Invoice, use.InvoiceId!.Value), use.Quantity, use.Day));

    /// <summary>Of money: by the invoices that drew it.</summary>
    private static IEnumerable<Part> Earned(RetainerAccount account) => account.Uses.Where(use => use.LotId is not null)
        .Select(use => new Part(new Thing(ThingKind.Invoice, use.InvoiceId!.Value), use.Quantity, use.Day));

    private static IEnumerable<Part> Left(RetainerState.Agreed retainer, RetainerAccount account) => account.Lots
        .Where(lot => !lot.IsOver && lot.Left != 0)
        .Select(lot => new Part(PaymentOf(retainer, lot.LotId), lot.Left, lot.GrantedOn));

    /// <summary>The retainer itself for what no payment put in.</summary>
    private static Thing PaymentOf(RetainerState.Agreed retainer, Guid lotId) =>
        retainer.Lots.Find(lot => lot.LotId == lotId) is { } lot
            ? new Thing(ThingKind.Payment, lot.PaymentId)
            : new Thing(ThingKind.Retainer, retainer.RetainerId);
}
