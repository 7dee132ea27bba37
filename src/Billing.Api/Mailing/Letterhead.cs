using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Values;
using Billing.Projections.Documents;

namespace Billing.Api.Mailing;

/// <summary>Who writes to whom, and in which language.</summary>
/// <param name="Client">Null once it is erased; then the names are those of the document.</param>
/// <param name="Seller">As the document names it.</param>
/// <param name="Buyer">As the document names it.</param>
public sealed record Letterhead(ClientDetails? Client, BusinessState.Open Practice, PartyTexts? Seller, PartyTexts? Buyer)
{
    public string Language => Client?.Language ?? Languages.Default;

    public DocumentLanguage Wording => DocumentLanguage.Of(Language);

    /// <summary>The client's address; null where none is known.</summary>
    public string? Address => Client?.Email;

    private string PracticeName => Practice.Name ?? Seller?.Name ?? "";

    private string ClientName => Client?.Name ?? Buyer?.Name ?? "";

    /// <param name="kind">Of the template.</param>
    /// <param name="link">Where the document is looked at; null where the template does not say.</param>
    /// <param name="values">What else the template says.</param>
    public MailTexts Write(string kind, string? link, Dictionary<string, string> values)
    {
        values["practice"] = PracticeName;
        values["client"] = ClientName;
        if (link is not null) values["link"] = link;
        var (subject, body) = MailTemplates.Fill(Language, kind, values);
        return new MailTexts(PracticeName, Practice.Email, ClientName, subject, body, link);
    }
}
