using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Invoicing;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.EInvoicing;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.EInvoicing;

namespace Billing.Api.EInvoicing;

/// <param name="CountryCode">ISO 3166, two letters.</param>
public sealed record PostalAddressBody(
    [property: Text(EInvoiceRules.TextMaxLength)] string? Street = null,
    [property: Text(EInvoiceRules.TextMaxLength)] string? PostCode = null,
    [property: Text(EInvoiceRules.TextMaxLength)] string? City = null, [property: Text(2)] string? CountryCode = null)
{
    public PostalAddress ToWish() => new(Street, PostCode, City, CountryCode);
}

/// <param name="Scheme">Of the list EAS, such as EM for e-mail.</param>
public sealed record ElectronicAddressBody(
    [property: Text(4)] string Scheme, [property: Text(EInvoiceRules.TextMaxLength)] string Id)
{
    public ElectronicAddress ToWish() => new(Scheme, Id);
}

/// <summary>In full: what is left out is taken away.</summary>
/// <param name="ContactEmail">Left out, the practice's own e-mail.</param>
/// <param name="RegistrationId">The number of a register; needed where there is no VAT id.</param>
/// <param name="Electronic">Left out, the e-mail.</param>
public sealed record SetEInvoicingBody(
    PostalAddressBody? Address = null, [property: Text(EInvoiceRules.TextMaxLength)] string? ContactName = null,
    [property: Text(EInvoiceRules.TextMaxLength)] string? ContactPhone = null,
    [property: Text(Wording.EmailMaxLength)] string? ContactEmail = null, [property: Text(34)] string? Iban = null,
    [property: Text(11)] string? Bic = null, [property: Text(EInvoiceRules.TextMaxLength)] string? RegistrationId = null,
    ElectronicAddressBody? Electronic = null);

/// <summary>In full: what is left out is taken away.</summary>
/// <param name="Format">xrechnung or zugferd; left out, the client gets none, and each invoice can still be asked for as one.</param>
/// <param name="BuyerReference">What the client wants on each invoice, such as a Leitweg-ID.</param>
/// <param name="Electronic">Left out, the client's e-mail.</param>
public sealed record AgreeEInvoicingBody(
    [property: Text(20)] string? Format = null, PostalAddressBody? Address = null,
    [property: Text(EInvoiceRules.TextMaxLength)] string? BuyerReference = null, ElectronicAddressBody? Electronic = null);

public static class EInvoicingEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapEInvoicing(this IEndpointRouteBuilder v1)
    {
        v1.Command<SetEInvoicingBody>("/business:set-e-invoicing", Role.Owner, call => new SetEInvoicingCommand(
                call.Context, new SetEInvoicing(
                    new EInvoiceSeller(
                        call.Body.Address?.ToWish(), call.Body.ContactName, call.Body.ContactPhone, call.Body.ContactEmail, call.Body.Iban,
                        call.Body.Bic, call.Body.RegistrationId, call.Body.Electronic?.ToWish()),
                    call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<AgreeEInvoicingBody>("/clients/{id:guid}:agree-e-invoicing", Keepers, call => new AgreeEInvoicingCommand(
                call.Context, call.RouteId(), new AgreeEInvoicing(
                    new EInvoiceBuyer(
                        call.Body.Format, call.Body.Address?.ToWish(), call.Body.BuyerReference, call.Body.Electronic?.ToWish()),
                    call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Query<EInvoiceSeller>("/e-invoicing", Keepers, async call =>
        {
            var business = await call.Session().Practice();
            return new QueryAnswer<EInvoiceSeller>(
                business.EInvoicing ?? new EInvoiceSeller(null, null, null, null, null, null, null, null), null);
        });

        v1.Query<EInvoiceBuyer>("/clients/{id:guid}/e-invoicing", Keepers, async call =>
            (await call.Session().Load(Client.Stream, call.RouteId())).Details is { } client
                ? new QueryAnswer<EInvoiceBuyer>(client.EInvoicing ?? new EInvoiceBuyer(null, null, null, null), null)
                : Problem.NotFound("client"));

        v1.MapGet("/invoices/{id:guid}/e-invoice.xml", (Delegate)OfInvoice)
            .WithMetadata(new AllowedRoles(Keepers))
            .Produces(200, contentType: "application/xml");

        v1.MapGet("/invoices/{id:guid}/credit-notes/{number}/e-invoice.xml", (Delegate)OfCreditNote)
            .WithMetadata(new AllowedRoles(Keepers))
            .Produces(200, contentType: "application/xml");
    }

    private static Task<IResult> OfInvoice(HttpContext http, Guid id) => Answer(http, id, state =>
    {
        if (state is InvoiceState.NotDrafted) return Problem.NotFound("invoice").AsResult();
        if (Invoice.NotPayable(state, id) is { } unfit) return Problem.Of(unfit).AsResult();
        var (facts, format) = (state.Issued!.Facts, FormatOf(state.Issued.Facts));
        return EInvoiceCheck.Refuse(facts, format) is { } incomplete
            ? Problem.Of(incomplete).AsResult()
            : File(EInvoice.Xml(facts, format), facts.Number);
    });

    private static Task<IResult> OfCreditNote(HttpContext http, Guid id, string number) => Answer(http, id, state =>
    {
        if (CreditNoteEndpoints.Find(state, number) is not var (invoice, note)) return Problem.NotFound("credit note").AsResult();
        var format = FormatOf(invoice);
        return EInvoiceCheck.Refuse(invoice, note, format) is { } incomplete
            ? Problem.Of(incomplete).AsResult()
            : File(EInvoice.Xml(invoice, note, format), note.Number);
    });

    /// <summary>The client's; XRechnung where none is agreed.</summary>
    private static string FormatOf(InvoiceEvent.InvoiceFinalized facts) => facts.EInvoice?.Buyer?.Format ?? EInvoiceFormat.XRechnung;

    private static IResult File(byte[] xml, string number) => Results.File(xml, "application/xml", $"{number}.xml");

    private static async Task<IResult> Answer(HttpContext http, Guid id, Func<InvoiceState, IResult> answer)
    {
        var (caller, problem) = await Admission.Admit(http, Keepers);
        return caller is null ? problem!.AsResult() : answer(await new QueryCall(http, caller).Session().Load(Invoice.Stream, id));
    }
}
