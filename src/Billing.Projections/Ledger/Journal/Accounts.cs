using System.Globalization;

namespace Billing.Projections.Ledger.Journal;

/// <summary>
/// The chart of accounts; docs/journal.md says what each is for. Names are such as hledger and beancount both take.
/// </summary>
public static class Accounts
{
    /// <summary>Money that came by cash, cheque or transfer, less what was paid.</summary>
    public const string Bank = "Assets:Bank";

    /// <summary>Money that the payment processor holds until it pays out.</summary>
    public const string Processor = "Assets:Processor";

    /// <summary>Open on finalised invoices, deposits that were asked for among them.</summary>
    public const string Receivable = "Assets:Receivable";

    /// <summary>Deposits asked for and not yet paid: nothing is owed for them but what comes in.</summary>
    public const string DepositsRequested = "Liabilities:Deposits-Requested";

    /// <summary>Paid ahead of work, and still to be worked off.</summary>
    public const string Unearned = "Liabilities:Unearned";

    /// <summary>Paid beyond what was open, and the client's own.</summary>
    public const string ClientCredit = "Liabilities:Client-Credit";

    /// <summary>Credited after it was paid, or left in a retainer, and still to be given back.</summary>
    public const string RefundsPayable = "Liabilities:Refunds-Payable";

    /// <summary>Charged on invoices for the tax office, whether or not it was paid already.</summary>
    public const string SalesTaxPayable = "Liabilities:Sales-Tax-Payable";

    public const string Services = "Income:Services";

    /// <summary>Expenses that clients pay back; the expenses themselves stand under their own accounts.</summary>
    public const string Reimbursements = "Income:Reimbursements";

    /// <summary>Given up of what was earned and never came; on the cash clock it was never income.</summary>
    public const string BadDebts = "Expenses:Bad-Debts";

    /// <summary>Paid to the tax office by the owner: no expense of the business.</summary>
    public const string EstimatedTax = "Equity:Drawings-Estimated-Tax";

    /// <summary>The private share of what the business paid.</summary>
    public const string Private = "Equity:Drawings-Private";

    /// <summary>Which accounts money that is not earned yet stands under.</summary>
    public static IReadOnlyList<string> NotYetEarned { get; } = [DepositsRequested, Unearned, ClientCredit, RefundsPayable];

    /// <summary>Before the category of Schedule C, of which each has an account of its own.</summary>
    public const string ExpensePrefix = "Expenses:";

    /// <summary>The account of a category of Schedule C: <c>contract-labor</c> is <c>Expenses:Contract-Labor</c>.</summary>
    public static string OfCategory(string code) => ExpensePrefix + string.Join('-', code.Split('-', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..]));

    public static bool IsAsset(string account) => account.StartsWith("Assets:", StringComparison.Ordinal);

    public static bool IsLiability(string account) => account.StartsWith("Liabilities:", StringComparison.Ordinal);

    public static bool IsEquity(string account) => account.StartsWith("Equity:", StringComparison.Ordinal);

    public static bool IsIncome(string account) => account.StartsWith("Income:", StringComparison.Ordinal);

    public static bool IsIncomeOrExpense(string account) =>
        IsIncome(account) || account.StartsWith(ExpensePrefix, StringComparison.Ordinal);
}
