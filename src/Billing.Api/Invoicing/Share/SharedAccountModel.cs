using Billing.Api.Ledger;
using Billing.Api.Retainers;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;
using NodaTime;

namespace Billing.Api.Invoicing.Share;

/// <summary>A client's account as its own client sees it: every invoice, what retainers have left, statements.</summary>
/// <param name="Open">What is open in all, one sum for each currency; none where nothing is.</param>
/// <param name="Invoices">The newest first.</param>
/// <param name="Statements">One for each year that something was invoiced in, the newest first.</param>
/// <param name="InvoicePath">Of the invoice that the link was made for.</param>
public sealed record SharedAccountModel(
    string Seller, string Client, DocumentLanguage Language, IReadOnlyList<Money> Open, IReadOnlyList<SharedAccountInvoice> Invoices,
    IReadOnlyList<SharedRetainer> Retainers, IReadOnlyList<SharedStatement> Statements, string InvoicePath)
{
    /// <summary>As the invoice that the link was made for bears it; null where it bears none.</summary>
    public DocumentLogo? Logo { get; init; }

    internal static async ValueTask<SharedAccountModel> Of(HttpContext http, SharedInvoiceLink link)
    {
        var facts = link.State.Issued!.Facts;
        var language = DocumentLanguage.Of(facts.Language);
        var issued = link.Issued(http);
        var invoices = issued
            .Select(invoice => SharedAccountInvoice.Of(invoice, link.Today, language, link.PathOf(invoice.Number!))).ToList();
        var desk = http.RequestServices.GetRequiredService<RetainerDesk>();
        return new SharedAccountModel(
            facts.Texts?.Seller.Name ?? PrintedInvoice.Erased, facts.Texts?.Client.Name ?? PrintedInvoice.Erased, language,
            [
                .. invoices.Where(invoice => invoice.Open.IsPositive).GroupBy(invoice => invoice.Open.Currency)
                    .OrderBy(sum => sum.Key.Code, StringComparer.Ordinal)
                    .Select(sum => Money.Sum(sum.Select(invoice => invoice.Open), sum.Key)),
            ],
            invoices, await SharedRetainer.OfClient(desk, link.Session, link.ClientId, link.Today, language, issued),
            [
                .. StatementEndpoints.YearsOf(issued, link.Today)
                    .Select(year => new SharedStatement(year, FormattableString.Invariant($"{link.Root}/statement.pdf?year={year}"))),
            ],
            link.Root)
        {
            Logo = PrintedInvoice.StyleOf(facts).Logo,
        };
    }
}

/// <param name="Path">Of the PDF.</param>
public sealed record SharedStatement(int Year, string Path);

/// <param name="Status">A word for the style sheet.</param>
/// <param name="Path">Where it is seen.</param>
public sealed record SharedAccountInvoice(
    string Number, LocalDate IssuedOn, string Status, string StatusLabel, Money Total, Money Open, string Path)
{
    /// <summary>What else whoever keeps the practice wants to know; empty for its client.</summary>
    public string Further { get; init; } = "";

    /// <param name="invoice">With a number.</param>
    /// <param name="today">In the practice's zone.</param>
    /// <param name="language">In which it is written.</param>
    /// <param name="path">Where it is seen.</param>
    internal static SharedAccountInvoice Of(InvoiceView invoice, LocalDate today, DocumentLanguage language, string path)
    {
        var status = SharedStatus.Of(invoice.Status, invoice.Open, invoice.DueOn, today);
        return new SharedAccountInvoice(
            invoice.Number!, invoice.IssuedOn!.Value, status,
            language.Word($"account-{status}", ("day", invoice.DueOn is { } due ? language.Day(due) : "")), invoice.Total, invoice.Open,
            path);
    }
}
