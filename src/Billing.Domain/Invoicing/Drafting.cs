using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

/// <summary>Drafting an invoice: only what could be finalised now can be drafted.</summary>
public static class Drafting
{
    /// <summary>Ten billion of most currencies; a deposit above it is a slip of the pen, and sums stay far from
    /// overflow.</summary>
    public const long MaxDepositMinor = 1_000_000_000_000;

    public const int PurchaseOrderMaxLength = 100;

    /// <summary>Refuses: <c>id-taken</c>, <c>timesheet-unknown</c>, <c>currency-mismatch</c>, what <see cref="Wording"/>,
    /// <see cref="AgreedFees"/> and <see cref="InstalmentPlan"/> refuse, and what
    /// <see cref="InvoiceComputation.Compute(Selection, BillingSources)"/> refuses.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, DraftInvoice command, BillingSources sources)
    {
        if (state is not InvoiceState.NotDrafted) return Retried(state is InvoiceState.WorkDraft d && IsSame(d.Facts, command));
        if (RefuseTexts(command.Note, command.PurchaseOrder) is { } refusal) return refusal;
        if (RefuseCurrency(command.Discounts, sources, out var discounts) is { } foreign) return foreign;
        if (command.Time.FirstOrDefault(time => !TimesheetWeek.TryParseStreamName(time.Timesheet, out _)) is { } unknown)
            return Invalid("timesheet-unknown", $"{unknown.Timesheet} is no timesheet.", "/time");

        if (AgreedFees.Refuse(command.Fees, sources) is { } unfit) return unfit;
        var selection = new Selection(
            command.InvoiceId, command.ClientId, command.Time, command.ExpenseIds, command.RetainerIds)
        {
            Discounts = discounts,
            Fees = AgreedFees.Lines(command.Fees),
        };
        var computation = InvoiceComputation.Compute(selection, sources);
        if (computation is InvoiceComputation.Refused { Rejection: var why }) return why;
        var currency = sources.Client.Details!.Currency;
        if (RefusePlan(command.Instalments, computation, currency, out var instalments) is { } uneven) return uneven;
        return new InvoiceDrafted(
            command.InvoiceId, command.ClientId, sources.Client.Details!.Currency.Code, command.Time, command.ExpenseIds,
            command.RetainerId, command.Through, command.Note, command.At)
        {
            RetainerIds = command.MoreRetainerIds.Count == 0 ? null : command.RetainerIds,
            PurchaseOrder = command.PurchaseOrder,
            Discounts = discounts.Count == 0 ? null : discounts,
            Fees = command.Fees.Count == 0 ? null : [.. command.Fees.Select(AgreedFees.Of)],
            FeeDescriptions = command.Fees.Count == 0 ? null : [.. command.Fees.Select(fee => fee.Description)],
            Instalments = instalments,
        };
    }

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-not-draft</c>, <c>deposit-uses-none</c>, and what
    /// <see cref="InvoiceComputation.Compute(Selection, BillingSources)"/> refuses.</summary>
    /// <param name="sources">Of a draft of work; of other invoices nothing is asked.</param>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, UseRetainers command, BillingSources sources)
    {
        switch (state)
        {
            case InvoiceState.NotDrafted:
                return Invoice.Unknown(command.InvoiceId);
            case InvoiceState.DepositDraft:
                return new Rejection("deposit-uses-none", "A deposit asks for money ahead; no retainer pays it.");
            case not InvoiceState.WorkDraft:
                return new Rejection("invoice-not-draft", "The invoice is no draft any more. Draft a new one.");
        }
        var facts = ((InvoiceState.WorkDraft)state).Facts;
        if (RetainerDraws.Of(facts).ToHashSet().SetEquals(command.RetainerIds)) return Decision<InvoiceEvent>.AlreadyDone;
        var selection = Selection.Of(facts, command.RetainerIds);
        return InvoiceComputation.Compute(selection, sources) is InvoiceComputation.Refused { Rejection: var why }
            ? why
            : new RetainersChosen([.. command.RetainerIds.Distinct()], command.At);
    }

    /// <summary>Refuses: <c>id-taken</c>, <c>amount-not-positive</c>, <c>amount-too-large</c>, <c>client-unknown</c>,
    /// <c>currency-mismatch</c>,
    /// <c>client-archived</c>, <c>retainer-unknown</c>, <c>retainer-of-other-client</c>, <c>retainer-closed</c>, what
    /// <see cref="Wording.RefuseNote"/>, <see cref="TaxTreatment.Refuse"/> and <see cref="DepositTax.Settle"/> refuse.</summary>
    public static Decision<InvoiceEvent> Decide(
        InvoiceState state, DraftDeposit command, BusinessState.Open business, ClientState client, RetainerState retainer)
    {
        if (state is not InvoiceState.NotDrafted) return Retried(state is InvoiceState.DepositDraft d && IsSame(d.Facts, command));
        if (RefuseTexts(command.Note, command.PurchaseOrder) is { } refusal) return refusal;
        if (!command.Amount.IsPositive)
            return Invalid("amount-not-positive", "The amount must be more than zero.", "/amount");
        if (command.Amount.Minor > MaxDepositMinor)
            return Invalid("amount-too-large", "That is too much for one deposit.", "/amount");
        if (client.Details is not { } details) return Client.NoSuchClient with { Field = "/clientId" };
        if (client is ClientState.Archived)
            return new Rejection("client-archived", "No new work is taken for an archived client.", "/clientId");
        if (command.Amount.Currency != details.Currency)
            return Invalid("currency-mismatch", $"This client is billed in {details.Currency}.", "/amount/currency");
        if (InvoiceComputation.RefuseRetainer(command.RetainerId, retainer, command.ClientId) is { } unfit) return unfit;
        if (retainer is RetainerState.Agreed { LastDay: not null }) return Retainer.Closed;
        if (TaxTreatment.Refuse(command.Tax?.Treatment, "/tax/treatment") is { } untaxable) return untaxable;
        if (InvoiceComputation.RulesOf(command.Tax, business, details, retainer, out _) is { } unclear) return unclear;
        if (RefusePlan(command.Instalments, command.Amount, out var instalments) is { } uneven) return uneven;
        return new DepositDrafted(
            command.InvoiceId, command.ClientId, details.Currency.Code, command.RetainerId, command.Amount.Minor,
            command.Note, command.At)
        {
            PurchaseOrder = command.PurchaseOrder,
            Tax = command.Tax,
            Instalments = instalments,
        };
    }

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-not-draft</c>, <c>discount-malformed</c>, <c>deposit-takes-no-discount</c>,
    /// what <see cref="Wording"/> refuses of the texts, and what <see cref="InvoiceComputation.Compute(Selection, BillingSources)"/>
    /// refuses.</summary>
    /// <param name="sources">Of a draft of work; of other invoices nothing is asked.</param>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, DescribeDraft command, BillingSources sources)
    {
        if (state is InvoiceState.NotDrafted) return Invoice.Unknown(command.InvoiceId);
        if (RefuseTexts(command.Note, command.PurchaseOrder) is { } refusal) return refusal;
        switch (state)
        {
            case InvoiceState.DepositDraft { Facts: var deposit }:
                if (command.Discounts.Count > 0)
                    return Invalid("deposit-takes-no-discount", "A deposit is the amount that is asked for. Ask for less.", "/discounts");
                if (RefusePlan(command.Instalments, new Money(deposit.AmountMinor, Currency.Of(deposit.Currency)), out var parts)
                    is { } uneven) return uneven;
                return deposit.PurchaseOrder == command.PurchaseOrder && deposit.Note == command.Note && AreSame(deposit.Instalments, parts)
                    ? Decision<InvoiceEvent>.AlreadyDone
                    : new DraftDescribed(command.PurchaseOrder, command.Note, [], command.At) { Instalments = parts };
            case InvoiceState.WorkDraft { Facts: var work }:
                return Describe(work, command, sources);
            default:
                return new Rejection("invoice-not-draft", "The invoice is no draft any more. Draft a new one.");
        }
    }

    private static Decision<InvoiceEvent> Describe(InvoiceDrafted work, DescribeDraft command, BillingSources sources)
    {
        if (RefuseCurrency(command.Discounts, sources, out var discounts) is { } foreign) return foreign;
        var selection = Selection.Of(work, RetainerDraws.Of(work)) with { Discounts = discounts };
        var computation = InvoiceComputation.Compute(selection, sources);
        if (RefusePlan(command.Instalments, computation, Currency.Of(work.Currency), out var instalments) is { } uneven) return uneven;
        if (work.PurchaseOrder == command.PurchaseOrder && work.Note == command.Note && (work.Discounts ?? []).SequenceEqual(discounts)
            && AreSame(work.Instalments, instalments))
        {
            return Decision<InvoiceEvent>.AlreadyDone;
        }
        return computation is InvoiceComputation.Refused { Rejection: var why }
            ? why
            : new DraftDescribed(command.PurchaseOrder, command.Note, discounts, command.At) { Instalments = instalments };
    }

    private static Rejection? RefusePlan(
        IReadOnlyList<InstalmentWish> wishes, InvoiceComputation computation, Currency currency,
        out IReadOnlyList<InstalmentTerm>? terms)
    {
        if (computation is InvoiceComputation.Computed computed)
            return RefusePlan(wishes, new Money(computed.TotalMinor - computed.RetainerAppliedMinor, currency), out terms);
        return InstalmentPlan.Refuse(wishes, currency, out terms);
    }

    /// <summary>Also a plan that could not be frozen now; on which day it will be is not known yet.</summary>
    private static Rejection? RefusePlan(IReadOnlyList<InstalmentWish> wishes, Money toPay, out IReadOnlyList<InstalmentTerm>? terms) =>
        InstalmentPlan.Refuse(wishes, toPay.Currency, out terms)
        ?? (terms is null ? null : InstalmentPlan.Freeze(terms, toPay, terms[0].DueOn, out _));

    private static bool AreSame(IReadOnlyList<InstalmentTerm>? one, IReadOnlyList<InstalmentTerm>? other) =>
        (one ?? []).SequenceEqual(other ?? []);

    private static IEnumerable<InstalmentTerm> Terms(IReadOnlyList<InstalmentWish> wishes) =>
        wishes.Select(wish => new InstalmentTerm(wish.DueOn, wish.Amount?.Minor, wish.BasisPoints));

    private static Rejection? RefuseCurrency(
        IReadOnlyList<DiscountWish> wishes, BillingSources sources, out IReadOnlyList<InvoiceDiscount> discounts)
    {
        discounts = [.. wishes.Select(wish => wish.Wished)];
        var currency = sources.Client.Details?.Currency;
        return wishes.Any(wish => wish.Amount is { } amount && amount.Currency != currency)
            ? Invalid("currency-mismatch", $"This client is billed in {currency}. Say what is taken off in it.", "/discounts")
            : null;
    }

    private static Rejection? RefuseTexts(string? note, string? purchaseOrder) =>
        Wording.RefuseNote(note, "/note") ?? Wording.RefuseLine(purchaseOrder, PurchaseOrderMaxLength, "/purchaseOrder");

    private static Decision<InvoiceEvent> Retried(bool isSame) => isSame
        ? Decision<InvoiceEvent>.AlreadyDone
        : new Rejection("id-taken", "There is an invoice with this id already; take a new id.", "/id");

    private static bool IsSame(InvoiceDrafted facts, DraftInvoice command) =>
        facts.ClientId == command.ClientId && facts.RetainerId == command.RetainerId
        && command.MoreRetainerIds.All(RetainerDraws.Of(facts).Contains) && facts.Through == command.Through
        && facts.Note == command.Note && facts.PurchaseOrder == command.PurchaseOrder
        && (facts.Discounts ?? []).SequenceEqual(command.Discounts.Select(wish => wish.Wished))
        && Flat(facts.Time).SequenceEqual(Flat(command.Time))
        && facts.ExpenseIds.SequenceEqual(command.ExpenseIds) && AgreedFees.AreSame(facts, command.Fees)
        && (facts.Instalments ?? []).SequenceEqual(Terms(command.Instalments));

    private static bool IsSame(DepositDrafted facts, DraftDeposit command) =>
        facts.ClientId == command.ClientId && facts.RetainerId == command.RetainerId
        && new Money(facts.AmountMinor, Currency.Of(facts.Currency)) == command.Amount && facts.Note == command.Note
        && facts.PurchaseOrder == command.PurchaseOrder && facts.Tax == command.Tax
        && (facts.Instalments ?? []).SequenceEqual(Terms(command.Instalments));

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);

    private static IEnumerable<(string, Guid)> Flat(IReadOnlyList<SelectedTime> time) =>
        time.SelectMany(sheet => sheet.EntryIds.Select(id => (sheet.Timesheet, id)));
}
