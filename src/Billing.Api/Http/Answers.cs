using Billing.Api.Commands;

namespace Billing.Api.Http;

/// <summary>The usual answers of commands whose resource is a stream of its own, named <c>{category}-{id}</c>.</summary>
public static class Answers
{
    public static Answer Created(CommandResult.Done done, string collection)
    {
        var id = IdOf(done);
        return new Answer(new Receipt(id, done.Version, Position(done)), $"{collection}/{id:D}");
    }

    public static Answer Changed(CommandResult.Done done) => new(new Receipt(IdOf(done), done.Version, Position(done)));

    /// <summary>For a resource within a stream, such as an entry of a timesheet.</summary>
    public static Answer Changed(CommandResult.Done done, Guid id) => new(new Receipt(id, done.Version, Position(done)));

    /// <inheritdoc cref="Changed(CommandResult.Done, Guid)"/>
    public static Answer Created(CommandResult.Done done, Guid id, string collection) =>
        new(new Receipt(id, done.Version, Position(done)), $"{collection}/{id:D}");

    public static long? Position(CommandResult.Done done) => done.Position > 0 ? done.Position : null;

    public static Guid IdOf(CommandResult.Done done) => Guid.Parse(done.Stream.AsSpan(done.Stream.Length - 36));
}
