using Billing.Domain.Values;
using Billing.Projections.Documents.Layout;

namespace Billing.Projections.Documents;

/// <summary>The receipt as PDF: who paid what, when and how, for which invoice, what was left open, and what went back since.</summary>
public static class ReceiptDocument
{
    public static RenderedDocument Render(ReceiptModel receipt)
    {
        var language = receipt.Language;
        var name = language.Word("receipt-for", ("number", receipt.InvoiceNumber));
        using var composer = new Composer(
            receipt.Style, $"{name}, {receipt.Seller.Name}", receipt.Seller.Name,
            language.Word("document-for", ("document", name), ("client", receipt.Client.Name)), receipt.ReceivedOn, language.Tag);
        AddHead(composer, receipt);
        AddParts(composer, receipt);
        AddMovements(composer, receipt);
        return composer.Finish(composer.OneLine($"{receipt.Seller.Name}  ·  {name}"), pageOf: language.Word("page-of"));
    }

    private static void AddHead(Composer composer, ReceiptModel receipt)
    {
        var language = receipt.Language;
        var head = new DocumentHead(composer, language);
        head.AddLetterhead(receipt.Seller, language.Word("receipt-title"), "");
        List<(string, string)> facts =
        [
            (language.Word("receipt-received"), language.Day(receipt.ReceivedOn)),
            (language.Word("receipt-method"), receipt.Method),
        ];
        if (!string.IsNullOrWhiteSpace(receipt.Reference)) facts.Add((language.Word("receipt-reference"), receipt.Reference));
        head.AddParty(language.Word("receipt-from"), receipt.Client, facts);
        var label = language.Word("receipt-thanks", ("day", language.Day(receipt.ReceivedOn)));
        head.AddFigure(label, language.Amount(receipt.Amount));
        composer.Flow.Add(new Gap(14));
    }

    private static void AddParts(Composer composer, ReceiptModel receipt)
    {
        var language = receipt.Language;
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure,
            Column.Rest(language.Word("receipt-what-for"), 200), new(language.Word("amount"), Align.Right, 80, 150));
        var invoice = language.Word(
            "receipt-invoice", ("number", receipt.InvoiceNumber), ("day", language.Day(receipt.InvoiceIssuedOn)));
        if (!receipt.Applied.IsZero || receipt.Credit.IsZero) table.Add(composer.Text(invoice), language.Amount(receipt.Applied));
        if (!receipt.Credit.IsZero) table.Add(language.Word("receipt-credit"), language.Amount(receipt.Credit));
        table.AddSum(language.Word("receipt-sum"), language.Amount(receipt.Amount));
        composer.Flow.Add(table.Strips());
        composer.Flow.Add(new Gap(10));
        var left = receipt.LeftOpen.IsZero
            ? language.Word("receipt-settled", ("number", receipt.InvoiceNumber))
            : language.Word(
                "receipt-left", ("number", receipt.InvoiceNumber), ("amount", language.Amount(receipt.LeftOpen)));
        composer.AddText(composer.Text(left), composer.Theme.Body);
    }

    private static void AddMovements(Composer composer, ReceiptModel receipt)
    {
        if (receipt.Movements.Count == 0) return;
        var language = receipt.Language;
        composer.AddHeading(language.Word("receipt-since"), gap: 18);
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure, new(language.Word("date"), Align.Left, 65, 90),
            Column.Rest(language.Word("what"), 120), new(language.Word("amount"), Align.Right, 80, 150));
        foreach (var moved in receipt.Movements)
            table.Add(language.Day(moved.On), composer.Text(moved.What), language.Amount(moved.Amount));
        var kept = receipt.Amount + Money.Sum(receipt.Movements.Select(moved => moved.Amount), receipt.Amount.Currency);
        table.AddSum("", language.Word("receipt-kept"), language.Amount(kept));
        composer.Flow.Add(table.Strips());
    }
}
