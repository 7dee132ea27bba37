using Billing.Api.Clients;
using Billing.Api.EInvoicing;
using Billing.Api.Engagements;
using Billing.Api.Invoicing;
using Billing.Api.Retainers;
using Billing.Api.SalesTax;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.EInvoicing;
using Billing.Domain.Engagements;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using Billing.Projections.Reports;
using Billing.Projections.SalesTax;
using NodaTime;

namespace Billing.Api.Demo;

/// <content>A client in Germany: two rates of VAT, a deposit that bears it, and returns to the tax office. It is billed in dollars,
/// since the US tax estimate takes no other currency.</content>
public sealed partial class DemoPractice
{
    private const int Nineteen = 19_000, Seven = 7_000;

    /// <summary>Editing is taxed at 19 %, the licences for texts at 7 %. The deposit pays the editing of the first invoice, whose rest
    /// stays open, and goes up in the final one, which waits for the bank statement.</summary>
    private async Task<(Guid First, Guid Final)> TradeAbroad(CancellationToken cancellationToken)
    {
        var (editing, licences) = await AgreeAbroad();
        var (retainer, deposit) = (_newId(), _newId());
        var asked = new LocalDate(2026, 4, 13);
        await Send(At(asked, 9), c => new AgreeRetainerCommand(
            c, new AgreeRetainer(retainer, editing.ClientId, "Sommerprogramm 2026", [editing.EngagementId], c.Now)));
        await Send(At(asked, 9), c => new DraftDepositCommand(c, new DraftDeposit(
            deposit, editing.ClientId, retainer, new Money(1_500_00, Currency.Usd), "Anzahlung für das Sommerprogramm.", c.Now)));
        await Send(At(asked, 9), c => new FinalizeInvoiceCommand(c, new FinalizeInvoice(deposit, asked, c.Now)));
        await Receive(deposit, new Money(1_785_00, Currency.Usd), new LocalDate(2026, 4, 21), "transfer");

        await Edit(editing, licences, new LocalDate(2026, 5, 4));
        var first = await InvoiceAbroad(editing, retainer, new LocalDate(2026, 5, 29), cancellationToken);
        await Edit(editing, licences, new LocalDate(2026, 6, 1));
        var final = await InvoiceAbroad(editing, retainer, new LocalDate(2026, 6, 30), cancellationToken);
        await HandOnTax(cancellationToken);
        return (first, final);
    }

    private async Task<(DemoClient Editing, DemoClient Licences)> AgreeAbroad()
    {
        var (client, editing, licences) = (_newId(), _newId(), _newId());
        await Send(At(FirstDay, 9), c => new AddClientCommand(c, new AddClient(
            client, "Erlenhof Verlag GmbH", "rechnung@erlenhof.example", ["Am Mühlbach 9", "50667 Köln"], "USD", null, c.Now)));
        foreach (var (work, name) in new[] { (editing, "Lektorat und Recherche"), (licences, "Nutzungsrechte an Texten") })
        {
            await Send(At(FirstDay, 9), c => new AgreeEngagementCommand(c, new AgreeEngagement(work, client, name, c.Now)));
            var rate = new SetRateCard(_newId(), null, new Money(52_00, Currency.Usd), FirstDay, null, At(FirstDay, 9));
            await Send(At(FirstDay, 9), c => new ChangeChargingCommand(c, work, state => Engagement.Decide(state, rate)));
        }
        await Send(At(FirstDay, 10), c => new SetClientLanguageCommand(c, client, new SetClientLanguage("de", c.Now)));
        await Send(At(FirstDay, 10), c => new AgreeClientTaxCommand(c, client, new AgreeClientTax(
            new ClientTax(new TaxTreatment(TaxCategory.Standard, Nineteen), null, "DE136695976"), c.Now)));
        await Send(At(FirstDay, 10), c => new AgreeEInvoicingCommand(c, client, new AgreeEInvoicing(
            new EInvoiceBuyer(EInvoiceFormat.ZUGFeRD, new PostalAddress("Am Mühlbach 9", "50667", "Köln", "DE"), "Programm 2026", null),
            c.Now)));
        await Send(At(FirstDay, 10), c => new SetEInvoicingCommand(c, new SetEInvoicing(
            new EInvoiceSeller(
                new PostalAddress("418 Larch Street, Suite 2", "60614", "Chicago", "US"), "Maya Alvarez", "+1 312 555 0142", null,
                "DE89370400440532013000", null, null, null),
            c.Now)));
        var untaxed = new TaxTreatment(TaxCategory.Exempt, 0, "Services to clients in the United States bear no VAT.");
        await Send(At(FirstDay, 10), c => new SetSalesTaxPolicyCommand(c, new SetSalesTaxPolicy(
            new SalesTaxPolicy(
                null, PricesInclude: false, untaxed, [new TaxException(licences, null, new TaxTreatment(TaxCategory.Standard, Seven))],
                "DE811907980", null)
            {
                TaxesDeposits = true,
            },
            c.Now)));
        return (new DemoClient(client, editing), new DemoClient(client, licences));
    }

    /// <summary>Ben's afternoons of three weeks.</summary>
    private async Task Edit(DemoClient editing, DemoClient licences, LocalDate monday)
    {
        for (var day = 0; day < 15; day += 2)
        {
            var at = monday.PlusDays(day / 5 * 7 + day % 5).At(new LocalTime(16, 0));
            var (work, note) = day % 6 == 4 ? (licences, "Vorwort, Nutzungsrechte") : (editing, "Lektorat");
            await Log(work, _ben, Zone, at, 170, note);
        }
    }

    private async Task<Guid> InvoiceAbroad(DemoClient client, Guid retainer, LocalDate issued, CancellationToken cancellationToken)
    {
        var (invoice, _) = await Invoice(client, issued, retainer, cancellationToken, "Vielen Dank für die Zusammenarbeit.");
        return invoice;
    }

    /// <summary>The second quarter, paid in July by what its return says.</summary>
    private async Task HandOnTax(CancellationToken cancellationToken)
    {
        var (from, through) = (new LocalDate(2026, 4, 1), new LocalDate(2026, 6, 30));
        var owed = await services.GetRequiredService<PracticeBooks>().Ask(
            _book, book => SalesTaxReturn.Of(book, from, through).Find($"total:{Currency.Usd}", "tax")!.Value!.Value, cancellationToken);
        await Send(At(new LocalDate(2026, 7, 8), 9), c => new RecordSalesTaxPaymentCommand(c, new RecordSalesTaxPayment(
            _newId(),
            new SalesTaxPaymentFigures(new Money(owed, Currency.Usd), false, new LocalDate(2026, 7, 8), "2026-Q2", "USt 2/2026"), c.Now)));
    }
}
