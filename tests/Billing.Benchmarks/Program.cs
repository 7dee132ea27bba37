using Billing.Benchmarks;

return await BenchCommand.Run(args, [
    new AppendBenchmark(), new PostgresAppendBenchmark(), new HttpBenchmark(), new RebuildBenchmark(),
    new PostgresRebuildBenchmark(),
]);
