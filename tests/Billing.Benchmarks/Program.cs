using Billing.Benchmarks;

return await BenchCommand.Run(
    args, [new AppendBenchmark(), new KurrentAppendBenchmark(), new HttpBenchmark(), new RebuildBenchmark()]);
