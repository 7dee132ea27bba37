using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Projections.Documents;
using Billing.Projections.Payments;

namespace Billing.Api.Payments;

/// <summary>The receipt that a client gets for a payment.</summary>
public static class ReceiptEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    internal static Rejection NotReceived { get; } =
        new("payment-not-received", "No money has come by this payment, so there is no receipt for it. Wait until it has come.");

    public static void MapPaymentReceipts(this IEndpointRouteBuilder v1) => v1
        .MapGet("/payments/{id:guid}/receipt/pdf", (Delegate)Pdf)
        .WithMetadata(new AllowedRoles(Keepers))
        .Produces(200, contentType: "application/pdf");

    /// <summary>Null where no money has come by the payment.</summary>
    internal static async ValueTask<ReceiptModel?> Printed(BookSession session, Guid paymentId)
    {
        var payment = await session.Load(Payment.Stream, paymentId);
        if (payment.InvoiceOfIt is not { } invoiceId) return null;
        var invoice = await session.Load(Invoice.Stream, invoiceId);
        return invoice.Issued is { } issued ? PrintedReceipt.Of(payment, issued) : null;
    }

    /// <summary>The file; null where no money has come by the payment.</summary>
    internal static async ValueTask<IResult?> File(BookSession session, Guid paymentId, IDocumentRenderer renderer) =>
        await Printed(session, paymentId) is { } receipt
            ? Results.File(renderer.Render(receipt).Pdf, "application/pdf", $"receipt-{receipt.InvoiceNumber}.pdf")
            : null;

    private static async Task<IResult> Pdf(HttpContext http, Guid id, IDocumentRenderer renderer)
    {
        var (caller, problem) = await Admission.Admit(http, Keepers);
        if (caller is null) return problem!.AsResult();
        var session = new QueryCall(http, caller).Session();
        if (await session.Load(Payment.Stream, id) is PaymentState.NotStarted) return Problem.NotFound("payment").AsResult();
        return await File(session, id, renderer) ?? Problem.Of(NotReceived).AsResult();
    }
}
