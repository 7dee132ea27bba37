using System.Collections.Immutable;
using Billing.Domain.Clients;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Retainers;
using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>
/// What an invoice says: computed for the preview of a draft and again, by the same code, when it is finalised. The
/// same selection in another order says the same.
/// </summary>
public abstract record InvoiceComputation
{
    private InvoiceComputation() { }

    /// <param name="RetainerBalanceAfterMinor">What is left of the retainer; null where none is drawn on.</param>
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
    }

    public sealed record Refused(Rejection Rejection) : InvoiceComputation;

    /// <summary>Refuses: <c>client-unknown</c>, <c>nothing-to-bill</c>, <c>selected-twice</c>, <c>entry-unknown</c>,
    /// <c>timer-running</c>, <c>entry-removed</c>, <c>entry-of-other-client</c>, <c>entry-not-billable</c>,
    /// <c>entry-billed</c>, <c>rate-missing</c>, <c>expense-unknown</c>, <c>expense-removed</c>, <c>expense-billed</c>,
    /// <c>expense-not-rebillable</c>, <c>expense-of-other-client</c>, <c>currency-mismatch</c>,
    /// <c>retainer-unknown</c>, <c>retainer-of-other-client</c>.</summary>
    public static InvoiceComputation Compute(Selection selection, BillingSources sources)
    {
        if (sources.Client.Details is not { } client) return new Refused(Client.NoSuchClient);
        if (SelectedWork.Gather(selection, sources, client, out var work) is { } unfit) return new Refused(unfit);
        if (RefuseRetainer(selection.RetainerId, sources.Retainer, selection.ClientId) is { } why) return new Refused(why);

        var rounding = sources.Business.Invoicing.Rounding;
        if (TimeLines.Of(work.Entries, selection.InvoiceId, sources, client, out var time) is { } unpriced) return new Refused(unpriced);
        var charges = ExpenseCharges.Lines(work.Expenses);
        var lines = time.Lines.Concat(charges.Select(charge => new DescribedLine(charge.Line, charge.Description, [])))
            .Select((line, i) => line with { Line = line.Line with { LineNumber = i + 1 } }).ToList();
        var totalMinor = lines.Sum(line => line.Line.AmountMinor);
        var drawn = selection.RetainerId is null ? null : sources.Retainer as RetainerState.Agreed;
        var shares = RetainerShares(lines, drawn, client.Currency);
        var appliedMinor = shares.Sum();
        return new Computed(
            [.. lines.Select((line, i) => line.Line with { RetainerAppliedMinor = shares[i] })], totalMinor, appliedMinor,
            drawn?.BalanceMinor - appliedMinor, rounding, [.. lines.Select(line => line.Description)],
            [.. lines.SelectMany(line => line.HourNotes)])
        {
            Charges = time.Charges,
        };
    }

    /// <summary>A deposit has one line and draws on nothing. Refuses: <c>client-unknown</c>, <c>retainer-unknown</c>,
    /// <c>retainer-of-other-client</c>.</summary>
    public static InvoiceComputation ComputeDeposit(InvoiceEvent.DepositDrafted deposit, BillingSources sources)
    {
        if (sources.Client.Details is null) return new Refused(Client.NoSuchClient);
        if (RefuseRetainer(deposit.RetainerId, sources.Retainer, deposit.ClientId) is { } why) return new Refused(why);
        var line = new InvoiceLine(1, LineKind.Deposit, null, null, null, deposit.AmountMinor, [], null);
        var description = (sources.Retainer as RetainerState.Agreed)?.Name ?? "";
        return new Computed(
            [line], deposit.AmountMinor, 0, null, sources.Business.Invoicing.Rounding, [description], []);
    }

    /// <summary>What a draft would say now.</summary>
    /// <exception cref="ArgumentException">The invoice is no draft.</exception>
    public static InvoiceComputation Compute(InvoiceState draft, BillingSources sources) => draft switch
    {
        InvoiceState.WorkDraft { Facts: var e } =>
            Compute(new Selection(e.InvoiceId, e.ClientId, e.Time, e.ExpenseIds, e.RetainerId), sources),
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


    /// <summary>As far as the retainer reaches, in proportion over the lines that it covers.</summary>
    private static long[] RetainerShares(List<DescribedLine> lines, RetainerState.Agreed? retainer, Currency currency)
    {
        var netMinor = NetAmounts.Of(lines.ConvertAll(line => line.Line));
        var covered = lines.Select((line, i) =>
            retainer is not null && retainer.Covers(line.Line.EngagementId) ? netMinor[i] : 0).ToList();
        var coveredMinor = covered.Sum();
        if (retainer is null || coveredMinor == 0) return new long[lines.Count];
        var applied = new Money(Math.Min(retainer.BalanceMinor, coveredMinor), currency);
        return Array.ConvertAll(applied.Allocate(covered), share => share.Minor);
    }
}

/// <summary>A line with the texts that are frozen beside it.</summary>
internal sealed record DescribedLine(InvoiceLine Line, string Description, ImmutableArray<string> HourNotes);
