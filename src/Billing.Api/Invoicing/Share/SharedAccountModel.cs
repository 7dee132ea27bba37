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
    private const int MostInvoices = 500;

    internal static async ValueTask<SharedAccountModel> Of(HttpContext http, SharedInvoiceLink link)
    {
        var facts = link.State.Issued!.Facts;
        var language = DocumentLanguage.Of(facts.Language);
        var invoices = InvoicesOf(http, link, language);
        return new SharedAccountModel(
            facts.Texts?.Seller.Name ?? PrintedInvoice.Erased, facts.Texts?.Client.Name ?? PrintedInvoice.Erased, language,
            [
                .. invoices.Where(invoice => invoice.Open.IsPositive).GroupBy(invoice => invoice.Open.Currency)
                    .OrderBy(sum => sum.Key.Code, StringComparer.Ordinal)
                    .Select(sum => Money.Sum(sum.Select(invoice => invoice.Open), sum.Key)),
            ],
            invoices, await RetainersOf(http, link, language),
            [
                .. invoices.Select(invoice => invoice.IssuedOn.Year).Append(link.Today.Year)
                    .Where(year => StatementEndpoints.YearOf(year, link.Today) is not null).Distinct().OrderDescending()
                    .Select(year => new SharedStatement(year, FormattableString.Invariant($"{link.Root}/statement.pdf?year={year}"))),
            ],
            link.Root);
    }

    /// <summary>Every finalised invoice of the client; none where the link does not open the account.</summary>
    internal static IReadOnlyList<SharedAccountInvoice> InvoicesOf(HttpContext http, SharedInvoiceLink link, DocumentLanguage language)
    {
        if (!link.OpensAccount) return [];
        return [.. Issued(http, link).Select(invoice => SharedAccountInvoice.Of(invoice, link, language))];
    }

    /// <summary>The client's retainers that run today.</summary>
    internal static async ValueTask<IReadOnlyList<SharedRetainer>> RetainersOf(
        HttpContext http, SharedInvoiceLink link, DocumentLanguage language)
    {
        var desk = http.RequestServices.GetRequiredService<RetainerDesk>();
        var retainers = await desk.OfClient(link.Session, link.ClientId, link.Today);
        var numbers = retainers.Count == 0 ? [] : Issued(http, link).ToDictionary(invoice => invoice.InvoiceId, invoice => invoice.Number!);
        return [.. retainers.Select(retainer => SharedRetainer.Of(retainer, language, numbers)).OfType<SharedRetainer>()];
    }

    private static IReadOnlyList<InvoiceView> Issued(HttpContext http, SharedInvoiceLink link) =>
        http.RequestServices.GetRequiredService<InvoiceQueries>().Issued(link.Session.Context.Book, link.ClientId, MostInvoices);
}

/// <param name="Path">Of the PDF.</param>
public sealed record SharedStatement(int Year, string Path);

/// <param name="Status">A word for the style sheet.</param>
/// <param name="Path">Of its own page under the link.</param>
public sealed record SharedAccountInvoice(
    string Number, LocalDate IssuedOn, string Status, string StatusLabel, Money Total, Money Open, string Path)
{
    internal static SharedAccountInvoice Of(InvoiceView invoice, SharedInvoiceLink link, DocumentLanguage language)
    {
        var status = SharedStatus.Of(invoice.Status, invoice.Open, invoice.DueOn, link.Today);
        return new SharedAccountInvoice(
            invoice.Number!, invoice.IssuedOn!.Value, status,
            language.Word($"account-{status}", ("day", invoice.DueOn is { } due ? language.Day(due) : "")), invoice.Total, invoice.Open,
            link.PathOf(invoice.Number!));
    }
}
