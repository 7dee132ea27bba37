using Billing.Benchmarks;

return await BenchCommand.Run(args, [new AppendBenchmark(), new RebuildBenchmark()]);
