using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Invoicing;
using Billing.Api.Payments;
using Billing.Api.Retainers;
using Billing.Api.Taxes;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.Taxes;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Demo;

/// <content>What was billed, paid and put aside.</content>
public sealed partial class DemoPractice
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Each month is billed on the first of the next. All is paid but the last month, and most of that.</summary>
    private async Task<(Uri Open, Uri Paid, Guid OpenInvoice, Guid PaidInvoice)> Bill(
        IReadOnlyList<DemoClient> clients, CancellationToken cancellationToken)
    {
        var retainer = await FundRetainer(clients[1]);
        var hours = await AgreeHours(clients[0]);
        Guid? open = null;
        Guid? byCard = null;
        for (var month = 4; month <= 9; month++)
        {
            var issued = new LocalDate(2026, month, 1).PlusMonths(1);
            if (issued <= LastDay) await BillFee(clients[0], hours, issued);
            for (var i = 0; i < clients.Count; i++)
            {
                Guid? used = i switch { 0 => hours, 1 => retainer, _ => null };
                var (invoice, due) = await Invoice(clients[i], issued, used, cancellationToken);
                if (due == 0) continue;
                if (month < 9) await Receive(invoice, due, issued.PlusDays(9 + 4 * i), "transfer");
                if (month == 6 && i == 3) await CreditPaid(invoice, issued.PlusDays(28));
                if (month < 9) continue;
                if (i == 0) open = invoice;
                else if (i == 2)
                {
                    await Receive(invoice, due / 2, issued.PlusDays(6), "cheque");
                    await CreditOpen(invoice, issued.PlusDays(7));
                }
                else if (i == 3) byCard = invoice;
            }
        }
        var paidLink = await Share(byCard!.Value);
        await PayByCard(byCard.Value, paidLink, cancellationToken);
        await RefundAndPayOut(byCard.Value, cancellationToken);
        return (await Share(open!.Value), paidLink, open.Value, byCard.Value);
    }

    private async Task<Guid> FundRetainer(DemoClient client)
    {
        var (retainer, deposit) = (_newId(), _newId());
        await Send(At(FirstDay, 11), c => new AgreeRetainerCommand(
            c, new AgreeRetainer(retainer, client.ClientId, "Birchwood retainer 2026", [], c.Now)));
        await Send(At(FirstDay, 11), c => new DraftDepositCommand(
            c, new DraftDeposit(
                deposit, client.ClientId, retainer, new Money(500_000, Currency.Usd), "Draws down as work is billed.", c.Now)));
        await Send(At(FirstDay, 11), c => new FinalizeInvoiceCommand(c, new FinalizeInvoice(deposit, FirstDay, c.Now)));
        await Receive(deposit, 500_000, FirstDay.PlusDays(2), "transfer");
        return retainer;
    }

    private async Task<(Guid Invoice, long DueMinor)> Invoice(
        DemoClient client, LocalDate issued, Guid? retainer, CancellationToken cancellationToken,
        string thanks = "Thank you for your business.")
    {
        await CatchUp(cancellationToken);
        var through = issued.PlusDays(-1);
        services.GetRequiredService<UnbilledWork>().TrySelect(_book, client.ClientId, through, null, null, out var selected, out _);
        var id = _newId();
        await Send(At(issued, 9), c => new DraftInvoiceCommand(c, new DraftInvoice(
            id, client.ClientId, selected.Time, selected.ExpenseIds, retainer, through, thanks, c.Now)));
        var done = await Send(At(issued, 9, 5), c => new FinalizeInvoiceCommand(c, new FinalizeInvoice(id, issued, c.Now)));
        var facts = done.Find<InvoiceEvent.InvoiceFinalized>()!;
        return (id, facts.TotalMinor - facts.RetainerAppliedMinor);
    }

    private Task<CommandResult.Done> Receive(Guid invoice, long amountMinor, LocalDate day, string method) =>
        Receive(invoice, new Money(amountMinor, Currency.Usd), day, method);

    private Task<CommandResult.Done> Receive(Guid invoice, Money amount, LocalDate day, string method) => Send(
        At(day, 10), c => new RecordPaymentCommand(c, new RecordPayment(_newId(), invoice, amount, method, day, null, c.Now)));

    private async Task<Uri> Share(Guid invoice)
    {
        var secret = Secrets.NewLinkSecret();
        await Send(At(LastDay.PlusDays(1), 9, 30), c => new ShareInvoiceCommand(
            c, new ShareInvoice(invoice, _newId(), Secrets.HashOf(secret), c.Now) { OpensAccount = true }));
        return new Uri(address, $"/i/{secret}");
    }

    /// <summary>One invoice is paid the way a client would, through checkout and webhook. Against real Stripe it stays open.</summary>
    private async Task PayByCard(Guid invoice, Uri page, CancellationToken cancellationToken)
    {
        if (standIn is null) return;
        await ConnectAccount(cancellationToken);
        var desk = services.GetRequiredService<CheckoutDesk>();
        var opened = await desk.Open(_book, "demo", invoice, page, page, cancellationToken);
        var url = opened.Url ?? throw new InvalidOperationException($"The sample checkout was refused: {opened.Rejection}");
        standIn.Checkout.Pay(url.Segments[^1]);
        await standIn.Webhooks.Delivered(cancellationToken);
        await Until(async () => await OpenMinor(invoice, cancellationToken) <= 0, cancellationToken);
    }

    private async Task<long> OpenMinor(Guid invoice, CancellationToken cancellationToken) =>
        (await Load(Domain.Invoicing.Invoice.Stream, invoice, cancellationToken)).OpenMinor;

    private async Task MeetTaxes()
    {
        const int year = 2026;
        var profile = new FiledProfile(
            "single", false, false, false, false, 0, 0, 0, 0, 42_00, 0, 0, 0, false, 0, 0, 3_180_00, 41_200_00, true, 0);
        await Send(At(FirstDay, 13), c => new SetFilingProfileCommand(c, new SetFilingProfile(year, TaxYear.UsFederal, profile, c.Now)));
        // Given before the second payment, so that the report has something to say of what changed.
        await Send(At(new LocalDate(2026, 6, 8), 15), c => new GiveEstimateCommand(
            c, _newId(), new EstimateWish(year, new LocalDate(2026, 6, 8), ProjectionChoice.Default)));
        foreach (var (quarter, day, amount) in new[] { (1, new LocalDate(2026, 4, 14), 795_00L), (2, new LocalDate(2026, 6, 12), 795_00L) })
        {
            await Send(At(day, 16), c => new RecordEstimatedPaymentCommand(c, new RecordEstimatedPayment(
                year, TaxYear.UsFederal, _newId(), quarter, amount, day, "EFTPS demo", c.Now)));
        }
        const string state = "us-il";
        await Send(At(FirstDay, 13), c => new SetStateFilingCommand(c, new SetStateFiling(
            year, state, new StateFiling(0, 1_900_00, 41_200_00, true, 0), c.Now)));
        foreach (var (quarter, day) in new[] { (1, new LocalDate(2026, 4, 14)), (2, new LocalDate(2026, 6, 12)) })
        {
            await Send(At(day, 16), c => new RecordEstimatedPaymentCommand(c, new RecordEstimatedPayment(
                year, state, _newId(), quarter, 225_00, day, "state demo", c.Now)));
        }
        await Send(At(FirstDay, 14), c => new SetTaxRemindersCommand(c, new SetTaxReminders(14, null, c.Now)));
    }

    /// <summary>A link to the quarterly report or to the calendar of due dates.</summary>
    private async Task<Uri> TaxLink(string opens, string path)
    {
        var secret = Secrets.NewLinkSecret();
        await Send(At(LastDay, 9), c => new ChangeTaxLinksCommand(
            c, state => TaxPolicy.Decide(state, new MakeTaxLink(_newId(), opens, Secrets.HashOf(secret), c.Now))));
        return new Uri(address, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, secret));
    }
}
