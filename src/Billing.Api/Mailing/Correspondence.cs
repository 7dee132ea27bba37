using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using NodaTime;

namespace Billing.Api.Mailing;

/// <summary>Writes to the client of an invoice, in the client's language.</summary>
/// <param name="Facts">The invoice that is written about.</param>
public sealed record Correspondence(InvoiceState Invoice, InvoiceEvent.InvoiceFinalized Facts, Letterhead Head)
{
    public string Language => Head.Language;

    public DocumentLanguage Wording => Head.Wording;

    /// <summary>The client's address; null where none is known.</summary>
    public string? Address => Head.Address;

    /// <param name="invoice">One that was finalised.</param>
    public static async ValueTask<Correspondence> Of(BookSession session, InvoiceState invoice)
    {
        var facts = invoice.Issued?.Facts ?? throw new ArgumentException("A draft is not written about.", nameof(invoice));
        var client = await session.Load(Domain.Clients.Client.Stream, facts.ClientId);
        var practice = await session.Practice();
        return new Correspondence(invoice, facts, new Letterhead(client.Details, practice, facts.Texts?.Seller, facts.Texts?.Client));
    }

    /// <param name="kind">Of the template.</param>
    /// <param name="link">Where the invoice is looked at and paid; null where the template does not say.</param>
    /// <param name="more">What the template says besides.</param>
    public MailTexts Write(string kind, string? link, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var values = ValuesOf(Facts.Number, Facts.IssuedOn, Facts.DueOn, new Money(Invoice.OpenMinor, Currency.Of(Facts.Currency)));
        foreach (var (name, value) in more) values[name] = value;
        return Head.Write(kind, link, values);
    }

    /// <summary>A line about another invoice.</summary>
    public string Line(string number, LocalDate issuedOn, LocalDate dueOn, Money open) =>
        MailTemplates.Fill(Language, "list-line", ValuesOf(number, issuedOn, dueOn, open)).Subject;

    private Dictionary<string, string> ValuesOf(string number, LocalDate issuedOn, LocalDate dueOn, Money due) =>
        new(StringComparer.Ordinal)
        {
            ["number"] = number,
            ["issued"] = Wording.Day(issuedOn),
            ["dueDay"] = Wording.Day(dueOn),
            ["due"] = Wording.Amount(due),
        };
}
