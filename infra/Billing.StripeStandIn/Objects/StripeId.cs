using System.Security.Cryptography;

namespace Billing.StripeStandIn.Objects;

/// <summary>Ids that look like Stripe's: a prefix that names the kind, then letters and digits.</summary>
internal static class StripeId
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string CheckoutSession() => New("cs_test_a1", 58);

    public static string LineItem() => New("li_1", 23);

    public static string Price() => New("price_1", 23);

    public static string Product() => New("prod_", 14);

    public static string PaymentIntent() => New("pi_3", 23);

    public static string PaymentMethod() => New("pm_1", 23);

    public static string CardCharge() => New("ch_3", 23);

    /// <summary>A charge that is no card's.</summary>
    public static string Payment() => New("py_3", 23);

    public static string BalanceTransaction() => New("txn_3", 23);

    public static string CardRefund() => New("re_3", 23);

    public static string PaymentRefund() => New("pyr_1", 23);

    public static string Dispute() => New("du_1", 23);

    public static string Payout() => New("po_1", 23);

    public static string BankAccount() => New("ba_1", 23);

    public static string Customer() => New("cus_", 14);

    public static string Account() => New("acct_1", 15);

    public static string Event() => New("evt_3", 23);

    public static string Request() => New("req_", 14);

    /// <summary>What a browser may know of an object: its id and a secret.</summary>
    public static string ClientSecret(string id) => $"{id}_secret_{New("", 25)}";

    public static string Fingerprint() => New("", 16);

    private static string New(string prefix, int length) => prefix + RandomNumberGenerator.GetString(Letters, length);
}
