using System.Collections.Immutable;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>
/// What an invoice says: computed for the preview of a draft and again, by the same code, when it is finalised. The
/// same selection in another order says the same.
/// </summary>
public abstract record InvoiceComputation
{
    private InvoiceComputation() { }

    /// <param name="TotalMinor">Sum of the lines, those of tax among them.</param>
    /// <param name="RetainerBalanceAfterMinor">What is left of retainers of money; null where none is drawn on.</param>
    /// <param name="LineDescriptions">One for each line, in order.</param>
    /// <param name="HourNotes">One for each entry behind the lines, in the order of the lines and of their
    /// hours.</param>
    public sealed record Computed(
        IReadOnlyList<InvoiceLine> Lines, long TotalMinor, long RetainerAppliedMinor, long? RetainerBalanceAfterMinor,
        RoundingPolicy Rounding, IReadOnlyList<string> LineDescriptions,
        IReadOnlyList<string> HourNotes) : InvoiceComputation
    {
        /// <summary>What of fixed fees and caps it charges, by engagement.</summary>
        public IReadOnlyDictionary<Guid, IReadOnlyList<ModeCharge>> Charges { get; init; } =
            ImmutableDictionary<Guid, IReadOnlyList<ModeCharge>>.Empty;

        /// <summary>Sales tax; null where nothing is said of it.</summary>
        public InvoiceTax? Tax { get; init; }

        /// <summary>What of taxed deposits pays it; null for nothing.</summary>
        public IReadOnlyList<DeductedDeposit>? Deposits { get; init; }

        /// <summary>What each retainer does, in the order in which they are used.</summary>
        public IReadOnlyList<RetainerPart> Retainers { get; init; } = [];

        /// <summary>What each retainer of hours is drawn on for.</summary>
        public IReadOnlyDictionary<Guid, IReadOnlyList<HoursUse>> Hours { get; init; } =
            ImmutableDictionary<Guid, IReadOnlyList<HoursUse>>.Empty;
    }

    public sealed record Refused(Rejection Rejection) : InvoiceComputation;

    /// <summary>Refuses: <c>client-unknown</c>, <c>nothing-to-bill</c>, <c>selected-twice</c>, <c>entry-unknown</c>,
    /// <c>timer-running</c>, <c>entry-removed</c>, <c>entry-of-other-client</c>, <c>entry-not-billable</c>,
    /// <c>entry-billed</c>, <c>rate-missing</c>, <c>expense-unknown</c>, <c>expense-removed</c>, <c>expense-billed</c>,
    /// <c>expense-not-rebillable</c>, <c>expense-of-other-client</c>, <c>currency-mismatch</c>,
    /// <c>retainer-unknown</c>, <c>retainer-of-other-client</c>, <c>overage-needs-approval</c>, <c>discount-exceeds-lines</c>,
    /// <c>discount-malformed</c>.</summary>
    public static InvoiceComputation Compute(Selection selection, BillingSources sources)
    {
        if (sources.Client.Details is not { } client) return new Refused(Client.NoSuchClient);
        if (SelectedWork.Gather(selection, sources, client, out var work) is { } unfit) return new Refused(unfit);
        foreach (var id in selection.RetainerIds)
            if (RefuseRetainer(id, sources.RetainerOf(id), selection.ClientId) is { } why) return new Refused(why);

        var rounding = sources.Business.Invoicing.Rounding;
        if (TimeLines.Of(work.Entries, selection.InvoiceId, sources, client, out var time) is { } unpriced) return new Refused(unpriced);
        var charges = ExpenseCharges.Lines(work.Expenses);
        IReadOnlyList<DescribedLine> lines =
            [.. time.Lines, .. charges.Select(charge => new DescribedLine(charge.Line, charge.Description, [])), .. selection.Fees];
        var retainers = RetainerChain.InOrder(
            selection.RetainerIds.Distinct().Select(id => sources.RetainerOf(id)).OfType<RetainerState.Agreed>());
        var hours = CoveredHours.Of(lines, [.. retainers.Where(retainer => retainer.CountsHours)]);
        if (hours.Refuse() is { } stopped) return new Refused(stopped);
        var refusal = TaxedLines.Charge(
            hours.Split(lines, rounding), work.Expenses, selection.Discounts, sources.TaxRules, client.Currency, out var taxed);
        if (refusal is not null) return new Refused(refusal);
        var applied = RetainerApplication.Of(taxed.Lines, hours, retainers, client.Currency);
        return Sum(applied, rounding, retainers.Any(retainer => !retainer.CountsHours)) with
        {
            Charges = time.Charges,
            Tax = taxed.Tax,
            Deposits = DeductedDeposits.Of(applied.Parts, retainers),
        };
    }

    private static Computed Sum(RetainerApplication applied, RoundingPolicy rounding, bool drawsOnMoney)
    {
        var lines = applied.Lines;
        return new Computed(
            [.. lines.Select(line => line.Line)], lines.Sum(line => line.Line.AmountMinor),
            lines.Sum(line => line.Line.RetainerAppliedMinor),
            drawsOnMoney
                ? applied.Parts.Where(part => part.CoveredSeconds + part.BeyondSeconds == 0).Sum(part => part.LeftAfter)
                : null,
            rounding, [.. lines.Select(line => line.Description)], [.. lines.SelectMany(line => line.HourNotes)])
        {
            Retainers = applied.Parts,
            Hours = applied.Hours,
        };
    }

    /// <summary>A deposit has one line, with its tax where it bears one, and draws on nothing. Refuses: <c>client-unknown</c>,
    /// <c>retainer-unknown</c>, <c>retainer-of-other-client</c>, what <see cref="DepositTax.Settle"/> refuses.</summary>
    public static InvoiceComputation ComputeDeposit(InvoiceEvent.DepositDrafted deposit, BillingSources sources)
    {
        if (sources.Client.Details is not { } client) return new Refused(Client.NoSuchClient);
        var retainer = sources.RetainerOf(deposit.RetainerId);
        if (RefuseRetainer(deposit.RetainerId, retainer, deposit.ClientId) is { } why) return new Refused(why);
        if (RulesOf(deposit.Tax, sources.Business, client, retainer, out var rules) is { } unclear) return new Refused(unclear);
        var description = (retainer as RetainerState.Agreed)?.Name ?? "";
        var line = new InvoiceLine(1, LineKind.Deposit, null, null, null, deposit.AmountMinor, [], null);
        var refusal = TaxedLines.Charge(
            [new DescribedLine(line, description, [])], [], [], rules ?? TaxRules.None, client.Currency, out var taxed);
        if (refusal is not null) return new Refused(refusal);
        var lines = taxed.Lines.Select((priced, i) => priced.Line with { LineNumber = i + 1 }).ToList();
        return new Computed(
            lines, lines.Sum(priced => priced.AmountMinor), 0, null, sources.Business.Invoicing.Rounding,
            [.. taxed.Lines.Select(priced => priced.Description)], [])
        {
            Tax = taxed.Tax,
        };
    }

    /// <param name="rules">By which a deposit of the client is taxed; null where it bears no tax.</param>
    internal static Rejection? RulesOf(
        DepositTax? tax, BusinessState.Open business, ClientDetails client, RetainerState retainer, out TaxRules? rules) =>
        (tax ?? DepositTax.AsThePractice).Settle(
            business.SalesTax?.TaxesDeposits ?? false, TaxRules.Of(business.SalesTax, client.Tax),
            (retainer as RetainerState.Agreed)?.EngagementIds ?? [], retainer is RetainerState.Agreed { CountsHours: true }, out rules);

    /// <summary>What a draft would say now.</summary>
    /// <exception cref="ArgumentException">The invoice is no draft.</exception>
    public static InvoiceComputation Compute(InvoiceState draft, BillingSources sources) => draft switch
    {
        InvoiceState.WorkDraft { Facts: var e } =>
            Compute(Selection.Of(e, RetainerDraws.Of(e)), sources),
        InvoiceState.DepositDraft { Facts: var e } => ComputeDeposit(e, sources),
        _ => throw new ArgumentException("Only a draft is computed.", nameof(draft)),
    };

    internal static Rejection? RefuseRetainer(Guid? retainerId, RetainerState state, Guid clientId)
    {
        if (retainerId is not { } id) return null;
        if (state is not RetainerState.Agreed retainer) return Retainer.Unknown(id);
        return retainer.ClientId == clientId
            ? null
            : new Rejection("retainer-of-other-client", "The retainer was agreed with another client.", "/retainerId");
    }
}

/// <summary>A line with the texts that are frozen beside it.</summary>
internal sealed record DescribedLine(InvoiceLine Line, string Description, ImmutableArray<string> HourNotes)
{
    /// <summary>Of an hour, on a line of time.</summary>
    public HourlyPrice Price { get; init; }

    /// <summary>The description without surcharges, on a line of time.</summary>
    public string? PlainDescription { get; init; }
}
