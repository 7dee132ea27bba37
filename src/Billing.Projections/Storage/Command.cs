namespace Billing.Projections.Storage;

/// <summary>Something to run with parameters, which are bound in their order, one after the other.</summary>
internal abstract class Command : IDisposable
{
    public abstract void Add(long value);

    public abstract void Add(Guid value);

    public abstract void Add(string value);

    public abstract void AddNull(SqlType type);

    public void Add(SqlValue value)
    {
        if (value.Text is { } words) Add(words);
        else if (value.Id is { } id) Add(id);
        else if (value.Number is { } number) Add(number);
        else AddNull(value.Type);
    }

    /// <summary>
    /// Runs it, answering no rows, and makes it ready for the next parameters. Rows of a table may be held back until the
    /// transaction is committed, so that they travel together.
    /// </summary>
    public abstract void Run();

    public abstract void Dispose();
}
