using System.Security.Cryptography;
using System.Text;
using Stripe;

namespace Billing.Api.Payments;

/// <content>Clients at Stripe, the methods that are kept for them, and charges without the client.</content>
public sealed partial class StripeGateway
{
    /// <summary>Makes a customer. The same wish gives the same one for a day at least, also after a crash.</summary>
    public async Task<string> MakeCustomer(CustomerWish wish, CancellationToken cancellationToken)
    {
        var said = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{wish.Replaces}\n{wish.Name}\n{wish.Email}")))[..16];
        var customer = await Client.V1.Customers.CreateAsync(
            new CustomerCreateOptions
            {
                Name = wish.Name,
                Email = wish.Email,
                Metadata = new Dictionary<string, string>
                {
                    ["business"] = wish.BusinessId.ToString("D"),
                    ["client"] = wish.ClientId.ToString("D"),
                },
            },
            new RequestOptions { IdempotencyKey = $"customer-{wish.ClientId:D}-{said}" },
            cancellationToken);
        return customer.Id;
    }

    /// <summary>Whether the customer is still there.</summary>
    public async Task<bool> HasCustomer(string customerId, CancellationToken cancellationToken)
    {
        try
        {
            var customer = await Client.V1.Customers.GetAsync(customerId, cancellationToken: cancellationToken);
            return customer.Deleted is not true;
        }
        catch (StripeException e) when (e.StripeError?.Code == "resource_missing")
        {
            return false;
        }
    }

    /// <summary>Whether the method is still kept for a customer.</summary>
    public async Task<bool> IsKept(string paymentMethodId, CancellationToken cancellationToken)
    {
        try
        {
            var method = await Client.V1.PaymentMethods.GetAsync(paymentMethodId, cancellationToken: cancellationToken);
            return method.CustomerId is not null;
        }
        catch (StripeException e) when (e.StripeError?.Code == "resource_missing")
        {
            return false;
        }
    }

    /// <summary>Takes a method away from its customer for good. One that is gone already changes nothing.</summary>
    public async Task Detach(string paymentMethodId, CancellationToken cancellationToken)
    {
        if (!await IsKept(paymentMethodId, cancellationToken)) return;
        await Client.V1.PaymentMethods.DetachAsync(paymentMethodId, cancellationToken: cancellationToken);
    }

    /// <summary>
    /// Charges a kept method without the client. The payment's id is the idempotency key: asking again within a day, also after
    /// a crash, charges nothing twice.
    /// </summary>
    /// <exception cref="StripeException">Also where the bank declined; then the error names the payment intent.</exception>
    public async Task<StripePayment> Charge(ChargeWish wish, CancellationToken cancellationToken) => Read(
        await Client.V1.PaymentIntents.CreateAsync(
            new PaymentIntentCreateOptions
            {
                Amount = wish.StripeAmount,
                Currency = wish.StripeCurrency,
                Customer = wish.CustomerId,
                PaymentMethod = wish.PaymentMethodId,
                Description = wish.Title,
                OffSession = true,
                Confirm = true,
                // Nobody is there to be sent anywhere.
                AutomaticPaymentMethods = new PaymentIntentAutomaticPaymentMethodsOptions { Enabled = true, AllowRedirects = "never" },
                Metadata = MetadataOf(wish.BusinessId, wish.InvoiceId, wish.PaymentId),
                Expand = ["latest_charge.balance_transaction"],
            },
            new RequestOptions { IdempotencyKey = $"collect-{wish.PaymentId:D}" },
            cancellationToken));

    /// <summary>What Stripe says of a payment intent now, with the fee once it is known.</summary>
    public async Task<StripePayment> GetIntent(string paymentIntentId, CancellationToken cancellationToken) =>
        Read(await Client.V1.PaymentIntents.GetAsync(
            paymentIntentId, new PaymentIntentGetOptions { Expand = ["latest_charge.balance_transaction"] },
            cancellationToken: cancellationToken));

    /// <summary>The charge that an attempt led to, whether or not its answer was ever seen; null where there is none.</summary>
    public async Task<StripePayment?> FindCharge(string customerId, Guid paymentId, CancellationToken cancellationToken)
    {
        var options = new PaymentIntentListOptions { Customer = customerId, Limit = 100 };
        await foreach (var intent in Client.V1.PaymentIntents.ListAutoPagingAsync(options, cancellationToken: cancellationToken))
        {
            if (MetadataId(intent.Metadata, "payment") == paymentId) return await GetIntent(intent.Id, cancellationToken);
        }
        return null;
    }

    private StripePayment Read(PaymentIntent intent)
    {
        var charge = intent.LatestCharge;
        return new StripePayment(
            SessionId: null, Url: null, "complete", intent.Status == "succeeded" ? "paid" : "unpaid", intent.Amount, intent.Currency,
            ExpiresAt: null, intent.Id, intent.Status, intent.LastPaymentError?.Message ?? charge?.FailureMessage,
            At(charge?.Created ?? intent.Created), FeeOf(charge), MetadataId(intent.Metadata, "business"),
            MetadataId(intent.Metadata, "invoice"), MetadataId(intent.Metadata, "payment"), HasGoneBack(charge))
        {
            Account = _account,
            FailureCode = CodeOf(intent.LastPaymentError),
            Advice = intent.LastPaymentError?.AdviceCode,
            CustomerId = intent.CustomerId,
        };
    }

    /// <summary>The bank's own reason where there is one, but that the client must be there.</summary>
    internal static string? CodeOf(StripeError? error) =>
        error?.Code == "authentication_required" ? error.Code : error?.DeclineCode ?? error?.Code;

    private static KeptMethod? MethodOf(PaymentMethod? method) => method is null
        ? null
        : new KeptMethod(
            method.Id, method.CustomerId, method.Type, method.Card?.Brand ?? method.UsBankAccount?.BankName,
            method.Card?.Last4 ?? method.UsBankAccount?.Last4 ?? method.SepaDebit?.Last4 ?? method.BacsDebit?.Last4,
            (int?)method.Card?.ExpMonth, (int?)method.Card?.ExpYear);
}

/// <param name="Replaces">A customer that Stripe has no longer; null for none.</param>
public sealed record CustomerWish(Guid BusinessId, Guid ClientId, string? Name, string? Email, string? Replaces);

/// <param name="StripeAmount">In Stripe's own minor units.</param>
public sealed record ChargeWish(
    Guid BusinessId, Guid InvoiceId, Guid PaymentId, string Title, string StripeCurrency, long StripeAmount, string CustomerId,
    string PaymentMethodId);

/// <summary>A method of payment as far as Stripe shows it.</summary>
/// <param name="CustomerId">For whom it is kept; null for nobody.</param>
/// <param name="Kind">Such as <c>card</c>.</param>
public sealed record KeptMethod(
    string PaymentMethodId, string? CustomerId, string Kind, string? Brand, string? LastFour, int? ExpiresMonth, int? ExpiresYear);
