using System.Globalization;
using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>
/// One payment of estimated tax on a page: to whom, for what, how much, by when, and how. It is not the official voucher.
/// </summary>
public static class VoucherDocument
{
    public static RenderedDocument Render(VoucherModel voucher)
    {
        var language = voucher.Language;
        var year = voucher.TaxYear.ToString(CultureInfo.InvariantCulture);
        var quarter = ("quarter", voucher.Quarter.ToString(CultureInfo.InvariantCulture));
        var title = language.Word("estimate-voucher", ("year", year), quarter);
        using var composer = new Composer(
            voucher.Style, $"{title}, {voucher.Practice}", voucher.Practice, voucher.Form, voucher.AsOf, language.Tag);
        var theme = composer.Theme;
        Add(composer, Tags.Paragraph, voucher.Practice, theme.Strong);
        Add(composer, Tags.Heading1, title, theme.Title);
        var known = language.Word("estimate-voucher-known", ("day", language.Day(voucher.AsOf)));
        Add(composer, Tags.Paragraph, known, theme.Body with { Colour = theme.Muted });
        composer.Flow.Add(new Gap(18));
        var table = new Table(
            composer.Width, theme, composer.Structure, new(language.Word("estimate-what-of-it"), Align.Left, 110, 150),
            Column.Rest(language.Word("estimate-for-payment"), 200));
        table.Add(language.Word("estimate-pay-to"), composer.Text(voucher.Payee));
        table.Add(language.Word("estimate-for"), composer.Text($"{year} {voucher.Form}"));
        table.Add(language.Word("estimate-payment"), language.Word("estimate-of-four", quarter));
        table.Add(language.Word("estimate-by"), language.Day(voucher.DueOn));
        table.AddSum(language.Word("amount"), language.Amount(voucher.Amount));
        composer.Flow.Add(table.Strips());
        composer.Flow.Add(new Gap(10));
        composer.AddText(composer.Text(voucher.Standing), theme.Body);
        AddWays(composer, voucher);
        AddPayments(composer, voucher);
        composer.AddParagraph(
            language.Word("estimate-note"), Tags.Heading2, composer.Text(language.Word("estimate-no-voucher")), theme.Small);
        return composer.Finish(composer.OneLine($"{voucher.Practice}  ·  {title}"), pageOf: language.Word("page-of"));
    }

    private static void AddWays(Composer composer, VoucherModel voucher)
    {
        if (voucher.HowToPay.Count == 0) return;
        composer.AddParagraph(
            voucher.Language.Word("estimate-how-to-pay"), Tags.Heading2, composer.Text(voucher.HowToPay[0]), composer.Theme.Body);
        foreach (var way in voucher.HowToPay.Skip(1))
        {
            composer.Flow.Add(new Gap(4));
            composer.AddText(composer.Text(way), composer.Theme.Body);
        }
    }

    private static void AddPayments(Composer composer, VoucherModel voucher)
    {
        if (voucher.Payments.Count == 0) return;
        var language = voucher.Language;
        composer.Flow.Add(new Gap(16));
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure, new(language.Word("estimate-paid-on"), Align.Left, 80, 110),
            Column.Rest(language.Word("estimate-confirmation"), 100), new(language.Word("amount"), Align.Right, 80, 130));
        foreach (var payment in voucher.Payments)
            table.Add(language.Day(payment.PaidOn), composer.Text(payment.Confirmation), language.Amount(payment.Amount));
        composer.Flow.Add(table.Strips());
    }

    private static void Add(Composer composer, byte[] tag, string text, TextStyle style) =>
        composer.Flow.Add(Composer.Line(composer.Structure.Add(tag), composer.Short(text), style, composer.Width));
}
