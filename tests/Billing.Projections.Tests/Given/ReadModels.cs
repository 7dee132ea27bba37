using Billing.Projections.Postgres;
using Billing.Projections.Sqlite;
using Billing.Projections.Storage;
using Billing.TestSupport.Postgres;
using Npgsql;

namespace Billing.Projections.Tests.Given;

/// <summary>Which database a test keeps its read models in.</summary>
public enum ReadModelsIn
{
    Sqlite,

    /// <summary>The tests are skipped where there is no server.</summary>
    Postgres,
}

/// <summary>A place for one test's read models: a temporary file, or a schema. Gone with the test.</summary>
internal abstract class ReadModels : IDisposable
{
    public static ReadModels In(ReadModelsIn where) => where == ReadModelsIn.Sqlite ? new File() : new Schema();

    /// <summary>In which they lie, where they lie in files of their own.</summary>
    public virtual IReadOnlyList<string> Files => [];

    /// <summary>Opens them as a process of its own would.</summary>
    public abstract ReadDatabase Open();

    public abstract void Dispose();

    private sealed class File : ReadModels
    {
        private readonly string folder = Directory.CreateTempSubdirectory("billing-read").FullName;

        public override IReadOnlyList<string> Files => Directory.GetFiles(folder);

        public override ReadDatabase Open() => SqliteReadDatabase.Open(Path.Combine(folder, "read.db"));

        public override void Dispose() => Directory.Delete(folder, recursive: true);
    }

    /// <summary>A schema on the server that the tests share.</summary>
    public sealed class Schema : ReadModels
    {
        public Schema() => Server =
            $"{PostgresServer.ForTests().GetAwaiter().GetResult()};Maximum Pool Size=20;Application Name={Name}";

        /// <summary>Connection string. What connects by it is known by the application's name, which is the schema's.</summary>
        public string Server { get; }

        public string Name { get; } = $"test_{Guid.CreateVersion7():N}";

        public override PostgresReadDatabase Open() => Open(options => options);

        public PostgresReadDatabase Open(Func<PostgresReadOptions, PostgresReadOptions> change) =>
            PostgresReadDatabase.Open(Server, change(new PostgresReadOptions { Schema = Name }));

        /// <summary>Runs a statement beside the database, in its schema.</summary>
        public object? Run(string sql)
        {
            using var connection = new NpgsqlConnection($"{Server};Search Path={Name};Pooling=false");
            connection.Open();
            using var command = new NpgsqlCommand(sql, connection);
            return command.ExecuteScalar();
        }

        public override void Dispose() => Run($"DROP SCHEMA IF EXISTS {Name} CASCADE");
    }
}
