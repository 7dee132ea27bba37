using Billing.Domain.Values;

namespace Billing.Api.Exchange;

/// <summary>
/// What Wave's ledger says of one invoice. The transaction that charges receivables issued it, with a line for each row of income; those
/// that take off receivables are payments, each with its day and its amount.
/// </summary>
internal sealed class WaveInvoice(string client, string number, Currency currency)
{
    private readonly List<WaveRow> _rows = [];
    private readonly List<ForeignInvoiceRow> _otherSides = [];
    private readonly List<ForeignPayment> _payments = [];
    private IReadOnlyList<WaveRow>? _issued;
    private Money _owed;
    private RowFault? _odd;

    /// <summary>The rows of one transaction that name the invoice.</summary>
    public void Take(IReadOnlyList<WaveRow> rows)
    {
        _rows.AddRange(rows);
        _odd ??= Take(rows, rows[0]);
    }

    /// <summary>What a payment was booked on beside receivables.</summary>
    public void TakeOtherSide(WaveRow row) => _otherSides.Add(row.AsForeign(charges: null));

    public ForeignInvoice Whole()
    {
        var fault = Fault();
        var charges = fault is null ? _issued!.Where(row => row.IsIncome).ToList() : [];
        return new ForeignInvoice(
            client, number, currency, fault is null ? charges[0].Day!.Value : default,
            charges.ConvertAll(row => new ForeignLine(Described(row), -row.Debit!.Value)), _payments,
            [.. _rows.Select(row => row.AsForeign(row.IsIncome ? -row.Debit : null)), .. _otherSides], fault);
    }

    /// <summary>Sorts a transaction by what it does to receivables.</summary>
    private RowFault? Take(IReadOnlyList<WaveRow> rows, WaveRow first)
    {
        if (rows.Any(row => row.Day is null)) return new RowFault("date-unreadable", "Transaction Date must be like 2026-03-31.");
        if (rows.Any(row => row.Debit is null))
            return new RowFault("amount-unreadable", "Debits and credits must be decimal amounts with a point.");
        if (!Money.TrySum(rows.Where(row => row.IsReceivable).Select(row => row.Debit!.Value), currency, out var charged))
            return RowFault.TooMuch;
        switch (Math.Sign(charged.Minor), rows.Any(row => row.IsIncome))
        {
            case (1, true):
                if (_issued is not null) return new RowFault("rows-disagree", "Several transactions charge it to receivables.");
                (_issued, _owed) = (rows, charged);
                return null;
            case (1, false):
                return new RowFault("taken-back-elsewhere", "Money was given back on it. Enter the invoice and its payments by hand.");
            case (-1, false):
                _payments.Add(new ForeignPayment(first.Transaction, -charged, first.Day!.Value));
                return null;
            case (_, true):
                return new RowFault("rows-disagree", "A transaction that charges nothing to receivables changes its income.");
            default:
                return null;
        }
    }

    private RowFault? Fault()
    {
        if (client.Length == 0) return new RowFault("name-missing", "The client must be named.");
        if (_odd is not null) return _odd;
        if (_issued is null)
        {
            return new RowFault(
                "invoice-not-in-file", "The file has payments on it and not the invoice. Export from an earlier day on.");
        }
        if (_issued.Any(row => row.IsTaxed || !(row.IsIncome || row.IsReceivable)))
            return new RowFault("taxed-elsewhere", "It has sales tax, whose rate the file does not say. Enter it by hand.");
        var charges = _issued.Where(row => row.IsIncome).Select(row => -row.Debit!.Value);
        return Money.TrySum(charges, currency, out var lines) && lines == _owed
            ? null
            : new RowFault("rows-disagree", "Its lines are not what it charges to receivables.");
    }

    /// <summary>Wave writes client and number before what is charged.</summary>
    private string Described(WaveRow row)
    {
        var start = $"{client} - {number} - ";
        var text = row.Description.StartsWith(start, StringComparison.Ordinal) ? row.Description[start.Length..] : row.Description;
        return text.Length > 0 ? text : row.Account;
    }
}
