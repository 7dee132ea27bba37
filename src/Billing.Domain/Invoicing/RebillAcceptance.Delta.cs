using Billing.Domain.Engagements;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

/// <content>The difference alone: the work stays on the invoice, which is held against its lines of now from then on.</content>
public abstract partial record RebillAcceptance
{
    private static RebillAcceptance BillDifference(
        InvoiceState state, AcceptRebill command, BillingSources sources, RebillNumbers numbers, RebillProposal proposal)
    {
        var facts = state.Issued!.Facts;
        var accepted = new RebillAccepted(
            command.Fingerprint, command.Way, [.. proposal.Now.Lines.Select(line => line.Line)],
            [.. proposal.Now.Lines.Select(line => line.Description)], command.At);
        var document = proposal.DifferenceMinor switch
        {
            0 => new Accepted([accepted], null, [], null),
            > 0 => OnInvoice(facts, command, sources, numbers, proposal, accepted),
            _ => OnCreditNote(state, command, numbers, proposal, accepted),
        };
        if (document is not Accepted done) return document;
        return done with
        {
            Engagements = Recharged(facts, sources, proposal),
            Retainers = RetainerDraws.Redraw(state.Issued, command.IssuedOn, proposal.Now.Uses, sources),
        };
    }

    private static Accepted OnInvoice(
        InvoiceFinalized facts, AcceptRebill command, BillingSources sources, RebillNumbers numbers, RebillProposal proposal,
        RebillAccepted accepted)
    {
        var draft = new InvoiceDrafted(
            command.NewInvoiceId, facts.ClientId, facts.Currency, [], [], null, command.IssuedOn, $"Corrects {facts.Number}.", command.At);
        var lines = proposal.Delta.Select((line, i) => new InvoiceLine(
            i + 1, line.Kind == LineKind.Tax ? LineKind.Tax : LineKind.Correction, line.EngagementId, null, null, line.AmountMinor, [],
            null)
        {
            TaxCategory = line.TaxedAs.Category,
            TaxHundredThousandths = line.TaxedAs.HundredThousandths,
        }).ToList();
        var computed = new InvoiceComputation.Computed(
            lines, proposal.DifferenceMinor, 0, null, facts.Rounding, [.. proposal.Delta.Select(line => line.Description)], [])
        {
            Tax = facts.Tax is { Rules: var rules }
                ? new InvoiceTax(rules, TaxedLines.PartsOf(lines, lines.ConvertAll(line => line.AmountMinor), rules))
                : null,
        };
        var final = Finalization.Issue(
            new InvoiceState.WorkDraft(draft), new FinalizeInvoice(command.NewInvoiceId, command.IssuedOn, command.At), sources,
            sources.Client.Details!, computed, numbers.Invoices);
        return new Accepted([accepted], null, [draft, final.Invoice with { CorrectsInvoiceId = facts.InvoiceId }], final.Numbering);
    }

    /// <summary>Expenses and fees are frozen, so no difference is theirs.</summary>
    private static RebillAcceptance OnCreditNote(
        InvoiceState state, AcceptRebill command, RebillNumbers numbers, RebillProposal proposal, RebillAccepted accepted)
    {
        var invoice = state.Issued!;
        var left = CreditedAmounts.LeftOf(invoice);
        long[] weights = [.. invoice.Facts.Lines.Select((line, i) => line.Kind is LineKind.Expense or LineKind.Fee ? 0 : left[i])];
        if (weights.Sum() < -proposal.DifferenceMinor)
        {
            return new Refused(new Rejection(
                "credit-exceeds-invoice",
                $"Only {new Money(weights.Sum(), invoice.Currency)} of the invoice's work is left to be credited. "
                + "Credit what corrected it.", "/way"));
        }
        var wishes = Less(invoice.Facts.Lines, weights, proposal)
            .Select((minor, i) => new CreditWish(i + 1, new Money(minor, invoice.Currency)))
            .Where(wish => wish.Amount is { IsPositive: true }).ToList();
        var wish = Wish(command, wishes, Reason(proposal)) with { TakesTaxAlong = false };
        var credited = Crediting.Decide(state, wish, numbers.CreditSeries, numbers.CreditNotes);
        return credited switch
        {
            Crediting.Accepted credit => new Accepted([.. credit.Invoice, accepted], credit.Numbering, [], null)
            {
                Credit = credit.Credit,
            },
            Crediting.Refused refused => new Refused(refused.Rejection),
            _ => new Refused(new Rejection("id-taken", "Another credit note has this id. Choose a new one.", "/creditNoteId")),
        };
    }

    /// <summary>What each line is credited: tax by tax and what is taxed alike where each of these is less by no more than is left of
    /// it, otherwise all of the difference over all lines.</summary>
    private static long[] Less(IReadOnlyList<InvoiceLine> lines, long[] weights, RebillProposal proposal)
    {
        var parts = new long[lines.Count];
        foreach (var difference in proposal.Delta.GroupBy(line => (IsTax: line.Kind == LineKind.Tax, line.TaxedAs)))
        {
            var own = weights.Select((minor, i) =>
                (lines[i].Kind == LineKind.Tax, lines[i].TaxedAs()) == difference.Key ? minor : 0).ToArray();
            var less = -difference.Sum(line => line.AmountMinor);
            if (less == 0) continue;
            if (less < 0 || less > own.Sum()) return LargestRemainder.Split(-proposal.DifferenceMinor, weights);
            var shares = LargestRemainder.Split(less, own);
            for (var i = 0; i < parts.Length; i++) parts[i] += shares[i];
        }
        return parts;
    }

    private static string Reason(RebillProposal proposal)
    {
        var reason = string.Join("; ", proposal.Delta.Select(line => line.Description));
        return Wording.RefuseName(reason, "/reason") is null ? reason : "The work was corrected after it was invoiced.";
    }

    /// <summary>What of fixed fees and caps the invoice charges now, instead of what it did.</summary>
    private static List<EngagementWrite> Recharged(InvoiceFinalized facts, BillingSources sources, RebillProposal proposal)
    {
        var released = ReleasedCharges(facts, sources);
        return
        [
            .. released,
            .. proposal.Now.Charges.OrderBy(pair => pair.Key).SelectMany(pair => Engagement
                .Decide(
                    released.Where(write => write.EngagementId == pair.Key).Select(write => write.Event)
                        .Aggregate(sources.Engagements[pair.Key], Engagement.Evolve),
                    new ChargeEngagement(facts.InvoiceId, pair.Value)).Certain()
                .Select(@event => new EngagementWrite(pair.Key, @event))),
        ];
    }
}
